import { chinaDate, chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { protectionOf } from '../../foundation/access/protection';
import {
  checkNames,
  proofQuery,
  signNames,
  type AddressProof,
  type SigningKeys,
} from '../../foundation/access/signature';
import { callerById } from '../../foundation/access/sessions';
import { isAskedAgain } from '../../foundation/audit/clear-views';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import type { FileAnswer } from '../../foundation/http/implement';
import type { World } from '../../foundation/http/world';
import { subjectFor } from './guardian';
import { myData, myJson, myPaper } from './my-data';
import { exportsSince } from './my-data.queries';

type Body = BodyOf<typeof privacyApi.exportMine>;

/** Whose data, asked for by whom: it stands in the address and is signed. */
interface MineName {
  readonly callerId: string;
  readonly personId: string;
  readonly format: Body['format'];
}

const signedNames = (paper: string): string[] => ['my-data', paper];

function mineAddress(name: MineName, keys: SigningKeys, now: Date): string {
  const paper = Buffer.from(JSON.stringify([name.callerId, name.personId, name.format])).toString('base64url');
  const query = new URLSearchParams(proofQuery(signNames(signedNames(paper), keys, now)));
  return `/api/my-data/${paper}?${query.toString()}`;
}

function mineNamed(paper: string, proof: AddressProof, keys: SigningKeys, now: Date): MineName {
  if (!checkNames(signedNames(paper), proof, keys, now)) throw new Problem('paper.link-expired');
  const [callerId, personId, format] = JSON.parse(Buffer.from(paper, 'base64url').toString()) as string[];
  return { callerId, personId, format } as MineName;
}

const fileNameOf = ({ format }: Pick<MineName, 'format'>, now: Date): string =>
  `我的信息-${chinaDate(now.getTime())}.${format}`;

/** 导出我的信息: an address for an hour or two. Three a day; each is written down, and seen among the looks. */
export async function exportMine(
  db: Db,
  caller: Caller,
  judge: () => Body,
  world: World,
): Promise<ReplyOf<typeof privacyApi.exportMine>> {
  const { actionId, format, personId: ofId } = judge();
  const { personId, now } = caller;
  const subject = await subjectFor(db, caller, ofId);
  const { ownExportsPerDay: most } = protectionOf(caller);
  // One at a time, so that two at once do not both find room.
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [personId]);
  const today = await exportsSince(db, personId, new Date(startOfChinaDay(chinaDay(now.getTime()))));
  const entry = { id: actionId, thingId: subject.id, facts: { format } };
  const repeated = await isAskedAgain(db, caller, { ...entry, act: 'exportMine' });
  if (!repeated && today >= most) throw new Problem('privacy.exported-often');
  if (!repeated) await recordAct(db, caller, 'exportMine', entry);
  return {
    address: mineAddress({ callerId: personId, personId: subject.id, format }, world.signing, now),
    fileName: fileNameOf({ format }, now),
    leftToday: most - today - (repeated ? 0 : 1),
  };
}

/** Rows first, then the child: while it draws, no connection to the database is held. Throws `paper.link-expired`. */
export async function openMine(
  db: Reading,
  { paper, proof, world, now }: { paper: string; proof: AddressProof; world: World; now: Date },
): Promise<FileAnswer> {
  const name = mineNamed(paper, proof, world.signing, now);
  const caller = await callerById(db, world.references, name.callerId, now);
  if (!caller) throw new Problem('paper.link-expired');
  const subject = await subjectFor(db, caller, name.personId);
  const sections = await myData(db, caller.reference, { personId: subject.id, readerId: caller.personId });
  const headers = headersFor(fileNameOf(name, now));
  if (name.format === 'json') return { type: 'application/json', stream: Buffer.from(myJson(sections, now)), headers };
  const by = subject.id === caller.personId ? '本人' : `监护人${caller.name}`;
  const stream = await world.documents.make('pdf', myPaper(sections, { name: subject.name, by }, now));
  return { type: 'application/pdf', stream, bytes: stream.length, headers };
}

const headersFor = (fileName: string): Record<string, string> => ({
  'Content-Disposition': `attachment; filename="my-data.${fileName.split('.').at(-1)}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});
