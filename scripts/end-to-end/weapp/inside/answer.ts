import { fault } from './faults';

/** WeChat's own way to say no: `chooseMedia:fail cancel`. */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly errno?: number,
    readonly errCode?: number,
  ) {
    super(reason);
  }
}

export interface Callbacks {
  success?(answer: object): void;
  fail?(answer: { errMsg: string; errno?: number; errCode?: number }): void;
  complete?(answer: object): void;
}

/**
 * A function of `wx` in WeChat's manner: it calls `success` or `fail` later, then `complete`, each with `errMsg`. Where
 * none of them is given, it gives a promise instead.
 */
export const answering =
  <Given extends object, Answer extends object | void>(
    name: string,
    work: (given: Given) => Answer | Promise<Answer>,
  ): ((given?: Given & Callbacks) => Promise<object> | undefined) =>
  (given = {} as Given & Callbacks) => {
    const doIt = () => work(given);
    if (given.success || given.fail || given.complete) {
      void answer(name, doIt, given);
      return undefined;
    }
    return new Promise((success, fail) => void answer(name, doIt, { success, fail }));
  };

/** The answering alone, where something is given back beside: a task that can be stopped. */
export async function answer(
  name: string,
  work: () => object | void | Promise<object | void>,
  { success, fail, complete }: Callbacks,
): Promise<void> {
  const tell = (listener: ((answer: never) => void) | undefined, content: object) => {
    listener?.(content as never);
    complete?.(content);
  };
  let answered: object;
  await null; // nothing of `wx` is done before the call has come back
  try {
    answered = { ...(await work()), errMsg: `${name}:ok` };
  } catch (error) {
    if (!(error instanceof Refusal)) fault(`${name} broke: ${String(error)}`);
    const { reason, errno, errCode } = error instanceof Refusal ? error : new Refusal(String(error));
    const numbers = { ...(errno === undefined ? {} : { errno }), ...(errCode === undefined ? {} : { errCode }) };
    return tell(fail, { errMsg: `${name}:fail ${reason}`, ...numbers });
  }
  tell(success, answered);
}
