/** A test that runs for long beside the faults; what it did and saw stands in the second table of `make chaos`. */
import { test } from 'vitest';
import { nameOf } from './results.ts';

export function longTest(
  name: string,
  /** `note` tells how much was done, by which seed, and what was measured. */
  run: (note: (text: string) => void) => Promise<void>,
  timeoutMs: number,
): void {
  test(
    nameOf({ group: 'long tests', name }),
    async ({ task }) => {
      const notes: string[] = [];
      task.meta.told = { broken: [], notes };
      await run((text) => {
        notes.push(text);
        console.info(text);
      });
    },
    timeoutMs,
  );
}
