import type { ReplyOf } from '@sandan/shared/endpoint';
import type { publishedPhoneApi } from '@sandan/shared/people/published-phone.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { maskPhone } from '../../foundation/access/masking';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { publishedPhoneOf } from './people.queries';

type Reply = ReplyOf<typeof publishedPhoneApi.read>;

export async function readPublishedPhone(reading: Reading, { personId }: Caller): Promise<Reply> {
  const { own, published } = await publishedPhoneOf(reading, personId);
  return { phone: maskPhone(own), shown: published !== null, duty: published !== null && published !== own };
}

/** 本人同意公开电话, or no longer: each time is written down. The duty number of a post is not his to take away. */
export async function changePublishedPhone(db: Db, caller: Caller, shown: boolean): Promise<Reply> {
  const { own, published } = await publishedPhoneOf(db, caller.personId);
  if (published !== null && published !== own) throw new Problem('phone.duty');
  if (shown && own === null) throw new Problem('phone.none');
  if (shown === (published !== null)) return readPublishedPhone(db, caller);
  const { personId } = caller;
  await db.write('UPDATE person SET published_phone_sealed = ? WHERE id = ?', [
    shown ? db.vault.seal('person.publishedPhone', own) : null,
    personId,
  ]);
  await recordAct(db, caller, shown ? 'agreeToShowPhone' : 'hidePhone', { thingId: personId });
  return readPublishedPhone(db, caller);
}
