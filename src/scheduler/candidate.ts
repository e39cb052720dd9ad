import type { HostState } from './state/host-state.ts';

export interface Candidate {
  host: HostState;
  score: number;
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rule for ties: the better score (to a thousandth), then more free memory, then the host's name. */
export function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.score !== b.score) return a.score > b.score;
  const [freeA, freeB] = [a.host.memoryFree, b.host.memoryFree];
  return freeA !== freeB ? freeA > freeB : a.host.view.name < b.host.view.name;
}
