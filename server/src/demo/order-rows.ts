import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Db } from '../foundation/database/connect';
import { DueWork } from '../foundation/due-work/due-work.entity';
import { History } from '../foundation/outbox/history.entity';
import { Photo } from '../foundation/photos/photo.entity';
import type { OrderRecord } from '../rooms/orders/order-record';
import { Order } from '../rooms/orders/order.entity';
import { Task, TaskClaim } from '../rooms/orders/task.entity';
import type { Picture } from './pictures';
import type { Random } from './random';
import type { SceneName } from './scenes';
import type { Story, StorySeat } from './story';

const batch = 500;

export async function insertAll<E extends ObjectLiteral>(
  db: Db,
  entity: EntityTarget<E>,
  rows: readonly Partial<E>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) await db.insert(entity, rows.slice(from, from + batch));
}

/** All that the stories leave behind, root first. */
export async function writeStories(
  db: Db,
  stories: readonly Story[],
  pictures: Record<SceneName, Picture>,
  random: Random,
): Promise<void> {
  const of = <T>(rowsOf: (story: Story) => readonly T[]): T[] => stories.flatMap((story) => rowsOf(story));
  await insertAll(
    db,
    Order,
    of(({ record, fingerprint }) => [{ ...orderRow(record), fingerprint }]),
  );
  await insertAll(
    db,
    Task,
    of(({ record }) => record.tasks.map(withoutName)),
  );
  await insertAll(
    db,
    TaskClaim,
    of(({ record }) => record.seats.map(claimRow)),
  );
  await insertAll(
    db,
    History,
    of(({ history }) => history),
  );
  await insertAll(
    db,
    DueWork,
    of(({ record }) => record.clocks),
  );
  await insertAll(
    db,
    Photo,
    of((story) => story.pictures.map((each) => photoRow(each, pictures, random))),
  );
  const entities = new Set(of(({ beside }) => [...beside.keys()]));
  for (const entity of entities)
    await insertAll(
      db,
      entity,
      of(({ beside }) => beside.get(entity) ?? []),
    );
}

/** The order's own columns out of all that a decision needs to know. */
function orderRow({
  tasks: _tasks,
  seats: _seats,
  parties: _parties,
  subjectIds: _subjects,
  answeredIds: _answered,
  inspection: _inspection,
  clocks: _clocks,
  repeat: _repeat,
  load: _load,
  requesterName: _requester,
  beneficiaryPersonName: _beneficiary,
  voiceSeconds: _voice,
  ...order
}: OrderRecord): Omit<Order, 'fingerprint'> {
  return order;
}

const withoutName = ({ assigneeName: _, ...task }: OrderRecord['tasks'][number]): Task => task;

const claimRow = ({ name: _name, kind: _kind, ...claim }: StorySeat): TaskClaim => claim;

/** Many rows show one drawing; each has a hash of its own, or the inspector would be told of a photo used twice. */
export function photoRow(
  { thingKind, thingId, ownerId, scene, at }: Story['pictures'][number],
  pictures: Record<SceneName, Picture>,
  random: Random,
): Photo {
  return {
    ...{ id: random.id(at), ownerId, thingKind, thingId, ...pictures[scene] },
    ...{ contentHash: random.bytes(32), likeness: '0', createdAt: at, boundAt: at, held: 0 },
  };
}
