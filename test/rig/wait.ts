import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  timeoutMs: number;
  intervalMs?: number;
  /** what to do at the deadline: throw (default), or go on */
  orElse?: 'throw' | 'continue';
  signal?: AbortSignal;
}

/**
 * Waits for a condition with a deadline. A condition that throws is not yet met; the last error is part of the
 * message when the deadline passes. Returns the condition's first value that is neither false nor null.
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  options: WaitOptions,
): Promise<Exclude<T, false | null | undefined> | undefined> {
  const deadline = performance.now() + options.timeoutMs;
  let lastError: unknown;
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined) {
        return value as Exclude<T, false | null | undefined>;
      }
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() >= deadline) break;
    await delay(options.intervalMs ?? 50, undefined, options.signal ? { signal: options.signal } : {});
  }
  if (options.orElse === 'continue') return undefined;
  const cause = lastError instanceof Error ? `: ${lastError.message}` : '';
  throw new Error(`waited ${Math.round(options.timeoutMs / 1000)} s for ${what}, in vain${cause}`);
}
