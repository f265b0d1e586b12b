import { templateOf, type MessageKind } from '@sandan/shared/subscriptions/subscription.words';
import { fromJson, type Db } from '../database/connect';
import { newId } from '../ids';
import { WechatMessage, type MessageTemplate } from './subscribe.entity';

const hour = 60 * 60_000;

/** How many hours a message is worth sending; whatever moved on before is dropped sooner. */
const hoursOf: Readonly<Record<MessageKind, number>> = {
  ...{ claimed: 48, asking: 72, declined: 72, reported: 96 },
  ...{ open: 24, assigned: 24, handOver: 24 },
  // Waits for the last quarter of a limit of up to 20 working days.
  ...{ newOrder: 12, sentBack: 48, dueSoon: 40 * 24 },
  ...{ supervised: 48, inReview: 48, fault: 72 },
};

export interface Telling {
  readonly personId: string;
  readonly kind: MessageKind;
  readonly eventId: string;
  /** What this person is told only once. */
  readonly onceKey: string;
  readonly orderId: string;
  readonly townId: string;
  readonly at: Date;
}

/**
 * Puts messages on their way to WeChat, in the transaction that writes them into the inbox. Only for whoever has a WeChat
 * account and is not away, and by templates that the county uses for this; whether he has agreed is seen when it is sent. A repeat
 * writes nothing twice.
 */
export async function enqueue(db: Db, tellings: readonly Telling[]): Promise<void> {
  const rows: Partial<WechatMessage>[] = [];
  for (const townId of new Set(tellings.map((telling) => telling.townId))) {
    const here = tellings.filter((telling) => telling.townId === townId);
    const counties = await reachedIn(db, townId, here);
    for (const { kind, ...telling } of here) {
      const template = templateOf[kind];
      const reached = counties.get(`${telling.personId} ${template}`);
      if (!reached || reached.leftOut.includes(kind)) continue;
      const expiresAt = new Date(telling.at.getTime() + hoursOf[kind] * hour);
      const waits = { state: 'waiting', nextAt: telling.at, expiresAt, attempts: 0 } as const;
      rows.push({ id: newId(telling.at), ...telling, countyId: reached.countyId, kind, template, ...waits });
    }
  }
  await db.upsert(WechatMessage, rows, ['personId']);
}

type Reached = Pick<MessageTemplate, 'countyId' | 'leftOut'>;

/** Person and template → the county whose template it is. 外出: new work passes whoever is away, news of his own orders do not. */
async function reachedIn(db: Db, townId: string, tellings: readonly Telling[]): Promise<ReadonlyMap<string, Reached>> {
  const rows = await db.query<{ reached: string; countyId: string; leftOut: unknown }>(
    `SELECT DISTINCT CONCAT(p.id, ' ', t.kind) AS reached, t.county_id AS countyId, t.left_out AS leftOut
     FROM grid g JOIN message_template t ON t.county_id = g.parent_id AND t.template_id IS NOT NULL
       JOIN person p ON p.id IN (?) AND p.disabled_at IS NULL JOIN wechat_account a ON a.person_id = p.id
     WHERE g.id = ? AND (t.kind = 'progress' OR p.away_until IS NULL OR p.away_until <= ?)`,
    [tellings.map(({ personId }) => personId), townId, tellings[0]?.at ?? null],
  );
  return new Map(
    rows.map(({ reached, countyId, leftOut }) => [
      reached,
      { countyId, leftOut: fromJson<Reached['leftOut']>(leftOut) },
    ]),
  );
}
