import { sweepLimits } from './sweep.words';

/** A question of the short form. What is found wrong (`finding`) becomes an order of `categoryId` with one tap. */
export type Question = {
  readonly id: string;
  readonly ask: string;
  readonly required: boolean;
  readonly categoryId?: string | undefined;
} & (
  | { readonly kind: 'yesNo'; readonly finding?: boolean | undefined }
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly findings?: readonly string[] | undefined }
  | { readonly kind: 'number' | 'words' | 'photo' }
);
export const questionKinds = {
  yesNo: '是或否',
  choice: '选一项',
  number: '填数字',
  words: '填文字',
  photo: '拍照',
} as const;
export type QuestionKind = keyof typeof questionKinds;

export type Answer = boolean | number | string;
export type Answers = Readonly<Record<string, Answer>>;

const mostOfANumber = 100_000;

/** What is wrong with an answer, for the person; null when nothing is. */
function answerFault(question: Question, answer: Answer | undefined): string | null {
  if (question.kind === 'photo') return answer === undefined ? null : '照片请用拍照添加';
  if (answer === undefined) return question.required ? '请回答这一题' : null;
  switch (question.kind) {
    case 'yesNo':
      return typeof answer === 'boolean' ? null : '请选是或否';
    case 'choice':
      return typeof answer === 'string' && question.options.includes(answer) ? null : '请选择一项';
    case 'number':
      return typeof answer === 'number' && answer >= 0 && answer <= mostOfANumber ? null : '请填 0 到 100000 的数字';
    case 'words':
      return typeof answer === 'string' && answer.length <= sweepLimits.answer ? null : '请填文字';
  }
}

/** Every fault of a filled form by field, `answers.<question>`; answers to questions that are not asked are faults too. */
export function answerFaults(questions: readonly Question[], answers: Answers): Record<string, string> {
  const strangers = Object.keys(answers).filter((id) => !questions.some((question) => question.id === id));
  const faults = questions.flatMap((question) => {
    const fault = answerFault(question, answers[question.id]);
    return fault === null ? [] : [[`answers.${question.id}`, fault] as const];
  });
  return Object.fromEntries([...faults, ...strangers.map((id) => [`answers.${id}`, '没有这一题'] as const)]);
}

/** The questions whose answers say that something is wrong. */
export const findingsOf = (questions: readonly Question[], answers: Answers): Question[] =>
  questions.filter((question) => {
    const answer = answers[question.id];
    if (question.kind === 'yesNo') return answer !== undefined && question.finding === answer;
    return question.kind === 'choice' && typeof answer === 'string' && (question.findings ?? []).includes(answer);
  });

export const answerWords = (answer: Answer | undefined): string => {
  if (answer === undefined) return '';
  if (typeof answer === 'boolean') return answer ? '是' : '否';
  return String(answer);
};
