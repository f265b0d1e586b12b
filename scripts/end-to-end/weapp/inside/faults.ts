/** Something that a real phone would not do, or that the harness cannot: the test that watches the console fails. */
export function fault(words: string): void {
  console.error(`harness: ${words}`);
}
