import type { Db, Reading } from '../../foundation/database/connect';
import { linksTo, nameOf } from '../../foundation/links/links';
import type { Due, Prepare, Prepared } from '../../foundation/subscribe/take';
import { ordersTold } from '../orders/told-orders.queries';
import { exampleValues, fill, sentBy, valuesOf } from './fill-template';
import { factsOf, quietUntil, standingOf, type Opens, type Told } from './message-facts';

const door = 'pages/open/index';

/** What messages say is made when their turn comes, of what is true then; nothing of it is kept on the way. */
export const prepareMessages: Prepare = async (db, due, at) => {
  const there = await peopleThere(db, due);
  const present = due.filter(({ message }) => there.has(message.personId));
  const tests = present.filter(({ message }) => message.kind === 'test');
  const prepared = new Map<string, Prepared>(tests.map((each) => [each.message.id, example(each, at.now)]));
  const ready: (Told & Pick<Due, 'template'> & { opens: Opens })[] = [];
  const told = await toldOf(db, present);
  const facts = await factsOf(db, told);
  for (const each of told) {
    const standing = standingOf(each, facts, at);
    if (!standing.holds) continue;
    const until = later(standing.from ?? null, quietUntil(each.order, at.now, at.reference));
    if (until) prepared.set(each.message.id, { then: 'wait', until });
    else ready.push({ ...each, opens: standing.opens });
  }
  const keys = await linksTo(
    db,
    ready.map(({ opens }) => opens),
    at.now,
  );
  for (const { message, order, template, opens } of ready) {
    const values = fill(template.fields, message.kind, valuesOf(message.kind, order, message.orderId));
    prepared.set(message.id, { then: 'send', values, page: `${door}?k=${keys.get(nameOf(opens))}` });
  }
  return prepared;
};

/** Who is still here of those they go to. */
async function peopleThere(reading: Reading, due: readonly Due[]): Promise<ReadonlySet<string>> {
  const rows = await reading.query<{ id: string }>('SELECT id FROM person WHERE id IN (?) AND disabled_at IS NULL', [
    due.map(({ message }) => message.personId),
  ]);
  return new Set(rows.map(({ id }) => id));
}

/** The messages about orders; one whose order is gone, or which the county no longer sends, has nothing to tell any more. */
async function toldOf(db: Db, due: readonly Due[]): Promise<(Told & Pick<Due, 'template'>)[]> {
  const orders = await ordersTold(
    db,
    due.filter(({ message }) => message.kind !== 'test').map(({ message }) => message.eventId),
  );
  return due.flatMap(({ message, template }) => {
    const { kind, orderId } = message;
    const order = orders.get(message.eventId);
    return kind === 'test' || orderId === null || !order || template.leftOut.includes(kind)
      ? []
      : [{ message: { ...message, kind, orderId }, order, template }];
  });
}

/** 给自己发一条. */
function example({ template: { kind, fields, leftOut } }: Due, now: Date): Prepared {
  const [first = 'claimed'] = sentBy(kind, leftOut);
  return { then: 'send', values: fill(fields, first, exampleValues(first, now)), page: 'pages/home/index' };
}

const later = (one: Date | null, other: Date | null): Date | null =>
  one && other && other > one ? other : (one ?? other);
