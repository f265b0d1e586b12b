/** Something that a real phone would not do, or that the harness cannot: the test that watches the console fails. */
export function fault(words: string): void {
  console.error(`harness: ${words}`);
}

/** WeChat's own refusals are plain objects, which the browser would report as "Object". */
export function nameRefusals(): void {
  window.addEventListener('unhandledrejection', ({ reason }) => {
    if (!(reason instanceof Error)) fault(`nobody caught ${JSON.stringify(reason)}`);
  });
}
