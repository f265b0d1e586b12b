import type { CheckedName } from '@sandan/shared/reviews/review.words';
import type { TextScene } from '../world/wechat/client';

export type { CheckedName };

/**
 * Everything that somebody writes or sends and others see: judged by WeChat's content check, shown or hidden by one column
 * of its own row, so that lists need no join. Who sees it, and where, stands in shared (review.words.ts).
 */
export interface CheckedField {
  kind: 'text' | 'image' | 'sound';
  scene: TextScene;
  table: string;
  /** SQL of the words in that table; of a picture or a sound there is none. */
  words: string | null;
  /** The column that names it, and where one person has one each, the column of the person. */
  key: 'id' | 'commitment_id';
  person?: 'person_id';
  /** Whether others may see it: 0 yes, 1 not before it was judged, 2 a person has hidden it. */
  flag: string;
  /**
   * Until it is judged: `hidden` from all but its author and those who have the matter in hand; or `shown`, where it is
   * part of handling one matter among the very people concerned, who would otherwise wait for each other. Found doubtful
   * or risky it is hidden in either case.
   */
  waits: 'hidden' | 'shown';
  /**
   * Written in an office or passed by two people: many complaints alone do not hide it, and where it does not wait, what
   * WeChat cannot judge is nothing for the desk.
   */
  official?: true;
  /** A part of it, the title of an order, is read while the rest waits: in doubt that goes too, as what a person has hidden. */
  partShown?: true;
}

const said = { kind: 'text', scene: 'comment', words: 'words', flag: 'held', waits: 'hidden' } as const;
/** The word of an office about what it holds: read at once under its name. */
const notice = { kind: 'text', scene: 'forum', key: 'id', flag: 'held', waits: 'shown', official: true } as const;
const picture = { kind: 'image', scene: 'forum', table: 'photo', words: null, key: 'id', flag: 'held' } as const;

/** A list of JSON as people read one. */
const listed = (json: string): string => `REPLACE(REPLACE(REPLACE(${json}, '["', ''), '"]', ''), '", "', '、')`;

export const checkedFields: Readonly<Record<CheckedName, CheckedField>> = {
  'order.words': { ...said, scene: 'forum', table: 'service_order', key: 'id', flag: 'words_held' },
  'order.summary': {
    ...{ kind: 'text', scene: 'forum', table: 'service_order', key: 'id', flag: 'summary_held', waits: 'hidden' },
    partShown: true,
    words: "CONCAT_WS('\\n', title, public_summary)",
  },
  'order.step': { ...said, table: 'history', key: 'id', waits: 'shown' },
  'order.officeStep': { ...said, table: 'history', key: 'id', waits: 'shown', official: true },
  'order.photo': { ...picture, waits: 'hidden' },
  'order.evidence': { ...picture, waits: 'shown' },
  'order.voice': { ...picture, kind: 'sound', table: 'voice_note', waits: 'hidden' },
  'commitment.deed': {
    ...{ kind: 'text', scene: 'forum', table: 'commitment', key: 'id', flag: 'held', waits: 'hidden', official: true },
    words: "CONCAT_WS('\\n', title, words, for_words, money_source)",
  },
  'commitment.step': { ...said, table: 'history', key: 'id' },
  'commitment.answer': { ...said, table: 'history', key: 'id', waits: 'shown', official: true },
  'commitment.change': {
    ...{ ...said, table: 'commitment_change', key: 'id' },
    words: "CONCAT_WS('\\n', reason, JSON_VALUE(content, '$.title'), JSON_VALUE(content, '$.words'))",
  },
  'commitment.opinion': { ...said, table: 'commitment_opinion', key: 'id' },
  'commitment.dispute': { ...said, table: 'commitment_dispute', key: 'id' },
  'commitment.rating': { ...said, table: 'commitment_rating', key: 'commitment_id', person: 'person_id' },
  'commitment.photo': { ...picture, waits: 'hidden' },
  'activity.notice': {
    ...{ ...notice, table: 'activity' },
    words: "CONCAT_WS('\\n', title, words, place, cancel_words)",
  },
  'showcase.notice': {
    ...{ ...notice, table: 'showcase' },
    words: `CONCAT_WS('\\n', title, ${listed("JSON_EXTRACT(criteria, '$[*].name')")})`,
  },
  // Its questions and places are worked by at the doors: they stand as long as it does.
  'sweep.notice': { ...notice, table: 'sweep', words: "CONCAT_WS('\\n', title, purpose, ordered_by)" },
  'person.card': {
    ...{
      kind: 'text',
      scene: 'profile',
      table: 'person',
      key: 'id',
      flag: 'card_held',
      waits: 'shown',
      official: true,
    },
    words: 'name',
  },
};
