/** The room that a machine takes on its host. Pure. */

import { quantityToNumber } from '#api/quantity.ts';
import type { SizedMachine } from './size.ts';

export interface Room {
  cpuMilli: number;
  memoryBytes: number;
}

/** As its spec asks for: a machine that is off keeps its claim, so that it can be started again where its disks are. */
export function roomOf({ spec }: SizedMachine): Room {
  const { sockets, cores, threads } = spec.cpu;
  return { cpuMilli: sockets * cores * threads * 1000, memoryBytes: quantityToNumber(spec.memory.size) };
}
