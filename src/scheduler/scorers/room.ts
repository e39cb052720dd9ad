/** Scorers of room, and how good any host in a box of shares could be. */
import type { RoomScorer } from './scorer.ts';

/** The emptier its scarcer resource stays, the better: machines spread, and no host fills up early in one of the two. */
export const dominantShare: RoomScorer = {
  applies: ({ strategy }) => strategy === 'Spread',
  score: (_query, _host, { cpu, memory }) => 1 - Math.max(cpu, memory),
};

/** The fuller its scarcer resource gets, the better: machines go together, and other hosts stay empty. */
export const packing: RoomScorer = {
  applies: ({ strategy }) => strategy === 'Pack',
  score: (_query, _host, { cpu, memory }) => Math.max(cpu, memory),
};

/** CPU and memory run out together, so that neither is stranded behind the other. */
export const balance: RoomScorer = {
  applies: ({ strategy }) => strategy === 'Spread',
  score: (_query, _host, { cpu, memory }) => 1 - Math.abs(cpu - memory),
};

/** The same where hosts are to be filled up: there it says more, for what is stranded is lost. */
export const packingBalance: RoomScorer = {
  applies: ({ strategy }) => strategy === 'Pack',
  score: balance.score,
};

/** Shares after the machine, of any host in a part of the index. */
export interface Box {
  cpuLeast: number;
  cpuMost: number;
  memoryLeast: number;
  memoryMost: number;
}

export const bestSpread = (b: Box): number => 1 - Math.max(b.cpuLeast, b.memoryLeast);
export const bestPacking = (b: Box): number => Math.max(b.cpuMost, b.memoryMost);
export const bestBalance = (b: Box): number => 1 - Math.max(0, b.cpuLeast - b.memoryMost, b.memoryLeast - b.cpuMost);
