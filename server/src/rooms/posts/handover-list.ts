import { chinaDate } from '@sandan/shared/china-time';
import { handoverKinds, handoverLimits, handoverStates } from '@sandan/shared/posts/handover.words';
import type { Handover, handoversApi } from '@sandan/shared/posts/handovers.contract';
import type { QueryOf } from '@sandan/shared/endpoint';
import type { z } from 'zod';
import type { Caller } from '../../foundation/access/caller';
import { nodeReached, placeName } from '../../foundation/access/nodes';
import type { Reading } from '../../foundation/database/connect';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import type { HandoverRow } from './handover.entity';
import { handoverNodes, handoversOn } from './handovers.queries';
import { postWords } from './posts.presenter';
import { namesOf, postsByIds, type PostRow } from './posts.queries';

export type HandoverBrief = Omit<z.input<typeof Handover>, 'lines' | 'warnings'>;

const hour = 60 * 60_000;
const day = 24 * hour;

/** Prepared ones first, then the newest, of the nodes within reach; a page of them is three statements. */
export async function listHandovers(
  db: Reading,
  caller: Caller,
  { cursor, limit }: QueryOf<(typeof handoversApi)['list']>,
) {
  const after = decodeCursor(cursor, 'handovers', ['number', 'time', 'id']);
  const reached = (await handoverNodes(db)).filter((node) => nodeReached(caller, 'handover.prepare', node));
  const rows = await handoversOn(
    db,
    reached.map(({ nodeId }) => nodeId),
    { after, limit: limit + 1 },
  );
  const known = await knownOf(db, rows);
  return pageOf(rows, {
    ...{ limit, filters: 'handovers' },
    keyOf: (row) => [row.state === 'prepared' ? 0 : 1, row.at, row.id],
    toReply: (row) => presentBrief(row, known, caller),
  });
}

export const handoverBrief = async (db: Reading, row: HandoverRow, caller: Caller): Promise<HandoverBrief> =>
  presentBrief(row, await knownOf(db, [row]), caller);

interface Known {
  posts: ReadonlyMap<string, PostRow>;
  names: ReadonlyMap<string, string>;
}

/** The posts that pass, and the names of those who come in. */
async function knownOf(db: Reading, rows: readonly HandoverRow[]): Promise<Known> {
  const planned = rows.flatMap(({ plan }) => plan.posts);
  const [posts, names] = await Promise.all([
    postsByIds(
      db,
      planned.map(({ postId }) => postId),
    ),
    namesOf(
      db,
      planned.flatMap(({ successorId }) => successorId ?? []),
    ),
  ]);
  return { posts: new Map(posts.map((post) => [post.id, post])), names };
}

function presentBrief(row: HandoverRow, known: Known, caller: Caller): HandoverBrief {
  const posts = row.plan.posts.map(({ postId, successorId }) => {
    const post = known.posts.get(postId);
    return {
      ...{ postId, personId: post?.personId ?? postId, successorId },
      post: post ? postWords(post.role, post.kind) : '',
      from: post?.personName ?? '',
      to: successorId === null ? null : (known.names.get(successorId) ?? null),
    };
  });
  const own = posts.length > 0 && posts.every(({ personId }) => personId !== caller.personId);
  const allows: HandoverBrief['allows'] = ['print'];
  if (row.state === 'prepared' && own) allows.push('prepare', 'cancel');
  if (row.state === 'applied' && own && mayUndo(row, caller)) allows.push('undo');
  return {
    ...{ id: row.id, tree: row.tree, nodeId: row.nodeId, nodeName: placeName(caller.reference.tree, row) },
    ...{ kind: row.kind, kindName: handoverKinds[row.kind], state: row.state, stateName: handoverStates[row.state] },
    ...{ effectiveAt: row.effectiveAt.toISOString(), words: row.words, by: row.byName, at: row.at.toISOString() },
    handBy: chinaDate(row.effectiveAt.getTime() + handoverLimits.handDays * day),
    ...{ posts, moveLinks: row.plan.moveLinks, allows },
  };
}

/** 撤回: within a day. */
export const mayUndo = ({ appliedAt }: Pick<HandoverRow, 'appliedAt'>, { now }: Caller): boolean =>
  appliedAt !== null && now.getTime() - appliedAt.getTime() <= handoverLimits.undoHours * hour;
