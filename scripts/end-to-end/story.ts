/** A step of a story: needs the steps before it. */
export type Step = (sentence: string, act: () => Promise<void>) => void;

/**
 * Steps that stand on each other, one test each. After one that failed the others say so at once, instead of waiting for
 * what cannot come: `const step = storySteps(); step('收集: …', async () => …)`.
 */
export function storySteps(patienceMs = 60_000): Step {
  let broken: string | null = null;
  return (sentence, act) =>
    test(
      sentence,
      async () => {
        if (broken !== null) throw new Error(`Not tried: the step before, "${broken}", failed`);
        broken = sentence;
        await act();
        broken = null;
      },
      patienceMs,
    );
}
