import type { activitiesApi } from '@sandan/shared/activities/activities.contract';
import type { BodyOf } from '@sandan/shared/endpoint';
import type { Caller } from '../../foundation/access/caller';
import type { AddressProof, SigningKeys } from '../../foundation/access/signature';
import { noteListExport } from '../../foundation/audit/list-export';
import type { Db, Reading } from '../../foundation/database/connect';
import { dayWords, exportedBy, timeWords } from '../../foundation/documents/exported-by';
import { fileNameWords } from '../../foundation/documents/file-name';
import { tableOf, type Field, type Paper } from '../../foundation/documents/paper';
import { nameOfPaper, signedPaper } from '../../foundation/documents/signed-papers';
import { fullName } from '../../foundation/reference/tree';
import type { Activity } from './activity.entity';
import { homeWords, minutesOf } from './activities.presenter';
import { attendeesOf, type AttendeeRow } from './activities.queries';
import { heldActivity } from './activities.service';

/** Which list, and for whom: all of it stands in its address and is signed. */
export interface ActivityPaperName {
  readonly personId: string;
  readonly activityId: string;
  readonly format: 'pdf' | 'xlsx';
}

const path = '/activity-papers';

/** Where 签到表 can be fetched for an hour or two; written down with everybody in it. */
export async function exportPeople(
  db: Db,
  caller: Caller,
  activityId: string,
  { format }: BodyOf<(typeof activitiesApi)['export']>,
  keys: SigningKeys,
) {
  const activity = await heldActivity(db, caller, activityId);
  const people = await attendeesOf(db, activityId);
  const done = { thingId: activityId, facts: { format, rows: people.length } };
  const personIds = people.map(({ personId }) => personId);
  await noteListExport(db, caller, 'exportActivity', done, { rows: people.length, personIds });
  const name: ActivityPaperName = { personId: caller.personId, activityId, format };
  return { address: signedPaper(path, name, keys, caller.now), fileName: fileNameOf(activity, format) };
}

const fileNameOf = ({ title }: Activity, format: string): string => `${fileNameWords(title)}-签到表.${format}`;

/** The list that an address of ours names; null for any other, and for one that has run out. */
export const activityPaperNamed = (
  paper: string,
  proof: AddressProof,
  keys: SigningKeys,
  now: Date,
): ActivityPaperName | null => nameOfPaper(path, { paper, proof }, keys, now);

type PersonField = Field<[person: AttendeeRow, activity: Activity, caller: Caller]>;

const moment = (at: Date | null): string => (at === null ? '' : `${dayWords(at)} ${timeWords(at)}`);

const fields: readonly PersonField[] = [
  { title: '姓名', width: 8, cell: ({ name }) => name },
  {
    ...{ title: '住在', width: 10 },
    cell: ({ homeGridId }, activity, { reference: { tree } }) => homeWords(activity, homeGridId, tree) ?? '',
  },
  {
    title: '报名',
    width: 14,
    cell: ({ joinedAt, walkedIn }) => (walkedIn === 1 ? '没报名，直接来的' : moment(joinedAt)),
  },
  { title: '签到', width: 14, cell: ({ cameAt }) => moment(cameAt) },
  { title: '怎么签的', width: 8, cell: ({ cameAt, markedById }) => howWords(cameAt, markedById) },
  { title: '分钟', width: 6, cell: ({ cameAt }, activity, { now }) => minutesOf(activity, cameAt, now) },
];

const gridName = ({ gridId }: Activity, { reference: { tree } }: Caller): string => {
  const grid = tree.grid(gridId);
  return grid ? fullName(grid, tree) : '';
};

/** 报名 9 人，签到 8 人，其中 1 人没报名、直接来 */
function headCount(people: readonly AttendeeRow[]): string {
  const walkedIn = people.filter((each) => each.walkedIn === 1).length;
  const came = people.filter(({ cameAt }) => cameAt !== null).length;
  const others = walkedIn === 0 ? '' : `，其中 ${walkedIn} 人没报名、直接来`;
  return `报名 ${people.length - walkedIn} 人，签到 ${came} 人${others}`;
}

function howWords(cameAt: Date | null, markedById: string | null): string {
  if (cameAt === null) return '没有签到';
  return markedById === null ? '扫码' : '组织的人补记';
}

/** What it says, by the reach that whom it was signed for has now. */
export async function writeActivityPaper(
  db: Reading,
  caller: Caller,
  { activityId, format }: ActivityPaperName,
): Promise<{ paper: Paper; fileName: string; rows: number }> {
  const activity = await heldActivity(db, caller, activityId);
  const people = await attendeesOf(db, activityId);
  const paper: Paper = {
    title: `${activity.title} 签到表`,
    lines: [
      `${moment(activity.startsAt)} 到 ${moment(activity.endsAt)}　${gridName(activity, caller)}　${activity.place}`,
      headCount(people),
    ],
    watermark: exportedBy(caller),
    tables: [tableOf('签到表', fields, people, activity, caller)],
    signature: [],
    foot: '签到自愿，时长只作记录。',
    size: 'A4',
  };
  return { paper, fileName: fileNameOf(activity, format), rows: people.length };
}
