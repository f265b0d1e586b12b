import { checkedThings, hideReasons, type CheckedName, type HideReason } from '@sandan/shared/reviews/review.words';
import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import { reviewTold, type ReviewTold } from '../reviews/reviews.queries';
import type { MessageAbout } from './message.entity';
import { messageOn, writeMessages } from './write-messages';

type Sentence = readonly [title: string, words: string];

/** 内容审核: the writer hears that a person looks at it and what came of it; a complainer hears the result and is never named. */
export const reviewMessages: Reaction = {
  name: 'messages.reviews',
  wants: ({ thing }) => thing === 'review',
  run: async (db, event) => {
    const told = await reviewTold(db, event.thingId, event.action === 'hold' ? null : event.at);
    if (!told) return;
    if (event.action === 'hold' || event.action === 'hide') await quoteNoMore(db, told);
    const toWriter = writerSentence(event, told);
    const toComplainers = complainerSentence(event, told);
    const to = (personId: string, [title, words]: Sentence, about: object = {}) =>
      messageOn(event, { personId, topic: 'system', title, words, ...about });
    await writeMessages(db, [
      ...(toWriter ? [to(told.authorId, toWriter, aboutOf(told))] : []),
      ...told.complainerIds.map((personId) => to(personId, toComplainers)),
    ]);
  },
};

/** Told before it was judged: what others cannot read on the page any more they do not go on reading in 消息. */
async function quoteNoMore(db: Db, told: ReviewTold): Promise<void> {
  const { field, thingId, authorId } = told;
  if (spoken.includes(field))
    await db.write(`UPDATE message SET ${unsaid} WHERE event_id = ? AND person_id <> ?`, [thingId, authorId]);
  const table = titled[field];
  if (table === undefined) return;
  await db.write(
    `UPDATE message m JOIN history h ON h.id = m.event_id JOIN ${table} t ON t.id = h.aggregate_id
     SET m.${unsaid} WHERE h.aggregate_id = ? AND m.person_id <> ? AND LOCATE(t.title, m.words) > 0`,
    [thingId, authorId],
  );
}

const unsaid = "words = '请打开查看。'";
/** Named by the step in which they were said. */
const spoken: readonly CheckedName[] = [
  ...(['order.step', 'order.officeStep', 'commitment.step', 'commitment.answer', 'commitment.change'] as const),
];
/** Whose title stands in messages about them. */
const titled: Readonly<Partial<Record<CheckedName, string>>> = {
  ...{ 'order.summary': 'service_order', 'commitment.deed': 'commitment', 'activity.notice': 'activity' },
  ...{ 'showcase.notice': 'showcase', 'sweep.notice': 'sweep' },
};

const aboutOf = ({ root, rootId }: ReviewTold): { about: MessageAbout | null; aboutId: string | null } =>
  root === 'person' ? { about: null, aboutId: null } : { about: root, aboutId: rootId };

function writerSentence({ action, facts }: DomainEvent, { field }: ReviewTold): Sentence | null {
  const { name } = checkedThings[field];
  if (action === 'hold')
    return [
      '内容正在人工审核',
      `您的“${name}”里可能有不合适的内容，先请工作人员看一看。这期间别人看不到，事情照样办，看过后告诉您。`,
    ];
  if (action === 'gone') return null;
  if (action === 'hide') {
    const reason = hideReasons[(facts?.['reason'] ?? 'other') as HideReason];
    return [
      '内容没有通过审核',
      `您的“${name}”没有通过审核：${reason}。别人看不到，事情照样办。有不同意见，可以在“我的 - 投诉建议”里说。`,
    ];
  }
  // What others could see all the while is nothing to tell.
  return facts?.['wasHeld'] === true ? ['内容审核通过了', `您的“${name}”审核过了，别人可以看到了。`] : null;
}

function complainerSentence({ action }: DomainEvent, { field }: ReviewTold): Sentence {
  const { name } = checkedThings[field];
  const title = '您的投诉有结果了';
  if (action === 'gone') return [title, `您投诉的“${name}”已经不再显示，谢谢您。`];
  return action === 'hide'
    ? [title, `您投诉的“${name}”已经屏蔽，谢谢您。`]
    : [title, `您投诉的“${name}”看过了，没有发现问题，继续显示。`];
}
