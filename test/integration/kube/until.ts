import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition with a deadline; the last thing that was seen is in the error. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown = 'it was never true';
  while (performance.now() < deadline) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = error;
    }
    await sleep(20);
  }
  throw new Error(`waited ${timeoutMs} ms for: ${what}`, { cause: last });
}
