import { create } from 'zustand';
import { ApiProblem } from './answer';
import { go } from './navigation';

interface Asked {
  readonly answer: (shown: boolean) => void;
}

/** Drawn by `Page` (ui/second-factor-place.tsx). */
export const useSecondFactorAsked = create<{ asked: Asked | null }>(() => ({ asked: null }));

let asking: { readonly shown: Promise<boolean>; readonly answer: (shown: boolean) => void } | null = null;

function begin() {
  let answer: (shown: boolean) => void = () => undefined;
  const shown = new Promise<boolean>((resolve) => {
    answer = (yes) => {
      asking = null;
      useSecondFactorAsked.setState({ asked: null });
      resolve(yes);
    };
  });
  return { shown, answer };
}

/** Why the server wants more than the session: a code, or a second factor to be set up first. */
export const wantsSecondFactor = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && ['access.second-factor-needed', 'access.second-factor-missing'].includes(error.code);

/**
 * Asks for the code over the page, or leads to setting up a second factor; true once this session has shown it. Whoever
 * else is refused meanwhile waits for the same answer.
 */
export function askSecondFactor({ code }: ApiProblem): Promise<boolean> {
  if (asking) return asking.shown;
  asking = begin();
  if (code === 'access.second-factor-missing') void go('secondFactor');
  else useSecondFactorAsked.setState({ asked: { answer: asking.answer } });
  return asking.shown;
}

/** The page that sets it up says how it ended; of no consequence where nobody waits. */
export const answerSecondFactor = (shown: boolean): void => asking?.answer(shown);
