/** How a participant talks with the bench: it answers each line of JSON with a line of JSON. */
import { createInterface } from 'node:readline';

/** Says that it is ready, then answers lines of stdin on stdout until stdin ends. */
export async function answerLines(
  ready: object,
  answer: (question: unknown) => object | Promise<object>,
): Promise<void> {
  console.log(JSON.stringify(ready));
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await answer(JSON.parse(line))));
}

/** Repeats something, at least once, until that many milliseconds have passed. @returns microseconds per repetition */
export function repeatFor(milliseconds: number, something: () => void): number {
  const begun = performance.now();
  for (let times = 1; ; times++) {
    something();
    const passed = performance.now() - begun;
    if (passed >= milliseconds) return (1000 * passed) / times;
  }
}
