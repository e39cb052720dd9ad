import { readFileSync } from 'node:fs';

/** Time comes in through here, so that tests can turn the hands. */
export interface Clock {
  /** Wall clock, ms since the epoch. For status and logs only: it jumps. Times in objects are the API server's (see kube/server-clock). */
  now(): number;
  /** CLOCK_MONOTONIC in ms: for durations inside the process. It stands still while the machine is suspended. */
  monotonicMs(): number;
  /** CLOCK_BOOTTIME in ms: goes on while the process is stopped and while the machine sleeps. Deadlines of rights are on it. */
  boottimeMs(): number;
}

function boottimeFromProc(): number {
  // The first figure is CLOCK_BOOTTIME in seconds with two decimals; in a time namespace it is shifted as the clock is.
  const [seconds] = readFileSync('/proc/uptime', 'latin1').split(' ', 1);
  const value = Number(seconds);
  if (!Number.isFinite(value)) throw new Error('/proc/uptime does not begin with a number of seconds');
  // Hundredths only: whoever computes a deadline from it leaves a margin that is far larger than that.
  return Math.round(value * 1000);
}

let boottimeSource: () => number = boottimeFromProc;

/**
 * Takes CLOCK_BOOTTIME from a better source, such as the libvirt binding's clock_gettime. To be called once, at start,
 * before any right exists: where /proc/uptime is virtualised (lxcfs) it counts from another origin than the binding's gate.
 */
export function setBoottimeSource(source: () => number): void {
  boottimeSource = source;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  boottimeMs: () => boottimeSource(),
};
