/** What a host has, what may be given away of it, and what is. Pure. */

export interface Room {
  cpuMilli: number;
  memoryBytes: number;
}

export interface RoomInput {
  capacity: Room;
  /** Ratios; 1 when the spec says nothing. */
  overcommit: { cpu: number; memory: number };
  reserved: Room;
}

/** Capacity less what is reserved for the host itself, times overcommit; never below zero. */
export function allocatableOf({ capacity, overcommit, reserved }: RoomInput): Room {
  return {
    cpuMilli: Math.floor(Math.max(0, capacity.cpuMilli - reserved.cpuMilli) * overcommit.cpu),
    memoryBytes: Math.floor(Math.max(0, capacity.memoryBytes - reserved.memoryBytes) * overcommit.memory),
  };
}

/** Room of the machines that are placed here, running or not (it is promised to them), and of foreign ones that run. */
export function allocatedOf(machines: readonly Room[], foreign: Room): Room {
  const sum = { ...foreign };
  for (const { cpuMilli, memoryBytes } of machines) {
    sum.cpuMilli += cpuMilli;
    sum.memoryBytes += memoryBytes;
  }
  return sum;
}
