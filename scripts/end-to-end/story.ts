/** A step of a story: needs the steps before it. */
export type Step = (sentence: string, act: () => Promise<void>) => void;

const patienceMs = 60_000;

/**
 * Steps that stand on each other, one test each. After one that failed the others say so at once, instead of waiting for
 * what cannot come: `const step = storySteps(keepPictures); step('收集: …', async () => …)`. `whenBroken` runs at the
 * failure, while the screens are still as they were.
 */
export function storySteps(whenBroken: () => Promise<unknown>): Step {
  let broken: string | null = null;
  const run = async (sentence: string, act: () => Promise<void>): Promise<void> => {
    if (broken !== null) throw new Error(`Not tried: the step before, "${broken}", failed`);
    try {
      await act();
    } catch (error) {
      broken = sentence;
      await whenBroken();
      throw error;
    }
  };
  return (sentence, act) => test(sentence, () => run(sentence, act), patienceMs);
}
