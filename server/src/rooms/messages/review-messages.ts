import { checkedThings, hideReasons, type HideReason } from '@sandan/shared/reviews/review.words';
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

const aboutOf = ({ root, rootId }: ReviewTold): { about: MessageAbout | null; aboutId: string | null } =>
  root === 'person' ? { about: null, aboutId: null } : { about: root, aboutId: rootId };

function writerSentence({ action, facts }: DomainEvent, { field }: ReviewTold): Sentence | null {
  const { name } = checkedThings[field];
  if (action === 'hold')
    return [
      '内容正在人工审核',
      `您的“${name}”里可能有不合适的内容，先请工作人员看一看。这期间别人看不到，事情照样办，看过后告诉您。`,
    ];
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

const complainerSentence = ({ action }: DomainEvent, { field }: ReviewTold): Sentence =>
  action === 'hide'
    ? ['您的投诉有结果了', `您投诉的“${checkedThings[field].name}”已经屏蔽，谢谢您。`]
    : ['您的投诉有结果了', `您投诉的“${checkedThings[field].name}”看过了，没有发现问题，继续显示。`];
