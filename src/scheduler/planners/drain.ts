/**
 * What goes where when hosts are emptied, in which order, and what fits nowhere. Pure: a plan, nothing is moved.
 *
 * All machines are decided in one pass over one index, so that no room is promised twice: first those whose move was asked
 * for already and that have no target yet, then those that run, then those that are off.
 */
import { FleetIndex, type SchedulerOptions } from '../fleet-index.ts';
import type { Decision, Fleet, PlacedMachine, PlacementRequest, RequiredPool } from '../types.ts';
import { largestFirst, type Mover, smallBesideLarge, type Turn } from './turns.ts';

/** A machine that is to leave its host. */
export interface Leaver extends Mover {
  /** Its host; in the fleet it stands there. */
  from: string;
  /** What its disks need of the host where it goes; those that are seen from everywhere need their pool alone. */
  requiredPools: readonly RequiredPool[];
  /** The only hosts where it may go, as far as disks and the one who asks say; absent: any. */
  pinnedHosts?: readonly string[] | undefined;
  /** What it was given already and keeps, where it had asked for less. */
  kept?: Pick<PlacementRequest, 'arch' | 'machineType' | 'cpuModel'> & { hypervisor?: PlacementRequest['hypervisor'] };
  isOff: boolean;
  /** A move that was asked for already, and has no target yet: it is decided before the others. */
  isAsked?: boolean | undefined;
}

export interface PlannedDrainMove {
  uid: string;
  from: string;
  /** Absent: it fits nowhere as things are. */
  to?: string | undefined;
  /** Moves of one number begin together; 0: it was asked for already. */
  order: number;
  /** Why there, or why nowhere. */
  message: string;
}

export interface DrainLimits {
  /** How many leave at once. */
  lanes: number;
}

/** Moves in the order in which they begin. Hosts that are emptied are no targets, whatever the fleet says of them. */
export function planDrain(
  fleet: Fleet,
  leavers: readonly Leaver[],
  { lanes }: DrainLimits,
  options: SchedulerOptions = {},
): PlannedDrainMove[] {
  const index = new FleetIndex(fleet, options);
  const sources = new Set(leavers.map(({ from }) => from));
  for (const name of sources) {
    const host = index.state.hosts.get(name);
    if (host !== undefined) index.setHost({ ...host.view, schedulable: false });
  }
  const pass = new Pass(index, machinesOf(fleet, sources));
  const asked = leavers.filter(({ isAsked }) => isAsked === true);
  const running = leavers.filter(({ isAsked, isOff }) => isAsked !== true && !isOff);
  const off = leavers.filter(({ isAsked, isOff }) => isAsked !== true && isOff);
  const first = pass.decide(largestFirst(asked, lanes)).map((move) => ({ ...move, order: 0 }));
  const moves = better(pass, smallBesideLarge(running, lanes), largestFirst(running, lanes));
  const last = pass.decide(largestFirst(off, lanes));
  const before = Math.max(0, ...moves.map(({ order }) => order));
  return [...first, ...moves, ...last.map((move) => ({ ...move, order: move.order + before }))];
}

/** The order that is quicker, unless the other one finds room for more. */
function better(pass: Pass, quicker: Turn<Leaver>[], tighter: Turn<Leaver>[]): PlannedDrainMove[] {
  const quick = pass.decide(quicker);
  if (quick.every(({ to }) => to !== undefined)) return quick;
  pass.undo(quick);
  const tight = pass.decide(tighter);
  if (placed(tight) > placed(quick)) return tight;
  pass.undo(tight);
  return pass.decide(quicker);
}

const placed = (moves: readonly PlannedDrainMove[]): number => moves.filter(({ to }) => to !== undefined).length;

const idOf = (uid: string, host: string): string => `${uid} ${host}`;

function machinesOf({ machines = [] }: Fleet, hosts: ReadonlySet<string>): Map<string, PlacedMachine> {
  return new Map(
    machines.flatMap((machine) => (hosts.has(machine.host) ? [[idOf(machine.uid, machine.host), machine]] : [])),
  );
}

/** The one index, and how machines are moved in it and back. */
class Pass {
  readonly #index: FleetIndex;
  readonly #machines: ReadonlyMap<string, PlacedMachine>;

  constructor(index: FleetIndex, machines: ReadonlyMap<string, PlacedMachine>) {
    this.#index = index;
    this.#machines = machines;
  }

  /** Those that fit nowhere are asked again while others find their place: one may have waited for another. */
  decide(turns: readonly Turn<Leaver>[]): PlannedDrainMove[] {
    const moves: PlannedDrainMove[] = [];
    let left = turns;
    for (let before = -1; left.length > 0 && left.length !== before; ) {
      before = left.length;
      const nowhere: typeof moves = [];
      left = left.filter(({ mover, order }) => {
        const move = this.#one(mover, order);
        (move.to === undefined ? nowhere : moves).push(move);
        return move.to === undefined;
      });
      if (left.length === before || left.length === 0) moves.push(...nowhere);
    }
    return moves.sort((a, b) => a.order - b.order);
  }

  undo(moves: readonly PlannedDrainMove[]): void {
    for (const { uid, from, to } of moves) {
      const machine = this.#machines.get(idOf(uid, from));
      if (to === undefined || machine === undefined) continue;
      this.#index.removeMachine(uid, to);
      this.#index.setMachine(machine);
    }
  }

  #one({ uid, from, requiredPools, pinnedHosts, kept }: Leaver, order: number): PlannedDrainMove {
    const machine = this.#machines.get(idOf(uid, from));
    if (machine === undefined) return { uid, from, order, message: `It does not stand on ${from}.` };
    this.#index.removeMachine(uid, from);
    const { host: _from, holds: _held, pinnedHosts: _pinned, ...own } = machine;
    const request: PlacementRequest = { ...own, ...kept, requiredPools, ...(pinnedHosts ? { pinnedHosts } : {}) };
    const decision: Decision = this.#index.decide(request);
    const { host: to, holds, message } = decision;
    this.#index.setMachine(to === undefined ? machine : { ...request, host: to, holds });
    return { uid, from, ...(to === undefined ? {} : { to }), order, message };
  }
}
