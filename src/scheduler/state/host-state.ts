/** One host with the machines that are on it: what is taken, and what can still be given. */
import type { Assignment, HostView, PlacedMachine, PlacementRequest, PoolView, Resources } from '../types.ts';
import { CellUse, cellNeedOf, fitCells } from './cells.ts';
import { DeviceUse, fitDevices } from './devices.ts';

export interface PoolClaim {
  bytes: number;
  thinBytes: number;
}

export class HostState {
  #view: HostView;
  #size: Resources;
  /** Of machines of the snapshot alone; `view.allocated` comes on top. */
  #cpuMilli = 0;
  #memoryBytes = 0;
  readonly pools = new Map<string, PoolClaim>();
  readonly devices = new DeviceUse();
  readonly cells = new CellUse();
  /** By `placeKey`. */
  readonly machines = new Map<string, PlacedMachine>();
  /** Machines that have something exclusive, and nobody wrote down what. Until that is known, nothing such is given out. */
  unrecorded = 0;

  constructor(view: HostView) {
    this.#view = view;
    this.#size = scoredSize(view.allocatable);
  }

  get view(): HostView {
    return this.#view;
  }

  set view(view: HostView) {
    this.#view = view;
    this.#size = scoredSize(view.allocatable);
  }

  /** What it is taken to have when it is scored; whether a machine fits is another matter, and exact. */
  get size(): Resources {
    return this.#size;
  }

  get cpuUsed(): number {
    return this.view.allocated.cpuMilli + this.#cpuMilli;
  }

  get memoryUsed(): number {
    return this.view.allocated.memoryBytes + this.#memoryBytes;
  }

  get memoryFree(): number {
    return this.view.allocatable.memoryBytes - this.memoryUsed;
  }

  /** Of the host's allocatable CPU. A dedicated CPU is taken from those who would have shared it. */
  cpuOf({ cpuMilli, dedicatedCpus = 0 }: PlacementRequest): number {
    return cpuMilli + dedicatedCpus * 1000 * ((this.view.cpuOvercommit ?? 1) - 1);
  }

  /** `by` is 1 when the machine came, -1 when it went. Pools that are shared are the fleet's to count. */
  add(machine: PlacedMachine, by: 1 | -1): void {
    if (by === 1) this.machines.set(placeKey(machine), machine);
    else this.machines.delete(placeKey(machine));
    this.#cpuMilli += by * this.cpuOf(machine);
    this.#memoryBytes += by * machine.memoryBytes;
    for (const pool of machine.requiredPools) claim(this.pools, pool, by);
    this.devices.add(machine, by);
    this.cells.add(machine, by);
    if (!isRecorded(machine)) this.unrecorded += by;
  }

  /** Ids and numbers of what it would get for itself; undefined when it wants no such thing. The host must fit. */
  assign(request: PlacementRequest): Assignment | undefined {
    const need = cellNeedOf(request);
    const devices = fitDevices(request, this.view, this.devices);
    const cells = need === null ? null : fitCells(need, this.cells.free(this.view.cells ?? [], need.pageBytes));
    if (devices === undefined && cells === null) return undefined;
    return { ...(devices ? { devices } : {}), ...(cells ? { cells } : {}) };
  }
}

/** Steps to a doubling. */
const SIZES = 64;
/** Hosts that differ by less than a hundredth (firmware keeps some memory here, some there) are of one size. */
export function scoredSize({ cpuMilli, memoryBytes }: Resources): Resources {
  return { cpuMilli: rounded(cpuMilli), memoryBytes: rounded(memoryBytes) };
}

function rounded(amount: number): number {
  return amount <= 0 ? 0 : Math.round(2 ** (Math.round(Math.log2(amount) * SIZES) / SIZES));
}

/** A machine that moves stands on two hosts. */
export const placeKey = ({ uid, host }: Pick<PlacedMachine, 'uid' | 'host'>): string => `${uid}@${host}`;

export function poolOf(host: HostView, name: string): PoolView | undefined {
  return Object.hasOwn(host.pools, name) ? host.pools[name] : undefined;
}

export function claim(
  claims: Map<string, PoolClaim>,
  { name, bytes, thinBytes = 0 }: PlacementRequest['requiredPools'][number],
  by: 1 | -1,
): void {
  const before = claims.get(name) ?? { bytes: 0, thinBytes: 0 };
  claims.set(name, { bytes: before.bytes + by * bytes, thinBytes: before.thinBytes + by * (bytes + thinBytes) });
}

function isRecorded(machine: PlacedMachine): boolean {
  const { devices = {}, holds } = machine;
  const hasDevices = Object.entries(devices).every(
    ([resource, count]) => count === 0 || holds?.devices?.[resource]?.length === count,
  );
  return hasDevices && (cellNeedOf(machine) === null || holds?.cells !== undefined);
}
