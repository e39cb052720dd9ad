/** Which hosts could be emptied by moving their machines beside others. Pure: a plan, nothing is moved. */
import { compareText } from '../candidate.ts';
import { FleetIndex, type SchedulerOptions } from '../fleet-index.ts';
import { shareOf } from '../scorers/index.ts';
import type { HostState } from '../state/host-state.ts';
import type { Fleet, PlacedMachine } from '../types.ts';

export interface PlannedMove {
  uid: string;
  from: string;
  to: string;
}

export interface Consolidation {
  /** In the order in which they can be made. */
  moves: PlannedMove[];
  /** Hosts that are without machines afterwards. */
  emptied: string[];
}

export interface ConsolidationLimits {
  /** A host whose machines would make more moves than are left is passed over. */
  maxMoves: number;
}

/**
 * The emptiest host first: all of its machines go to hosts that have some already, or none of them moves. Every filter
 * holds for every move, so the plan can be carried out from top to bottom. The hosts of one plan are emptied for good:
 * nothing is moved to a host that was.
 */
export function planConsolidation(
  fleet: Fleet,
  { maxMoves }: ConsolidationLimits,
  options: SchedulerOptions = {},
): Consolidation {
  const index = new FleetIndex(fleet, { ...options, strategy: 'Pack' });
  const plan: Consolidation = { moves: [], emptied: [] };
  const inUse = [...index.state.hosts.values()].filter(({ machines }) => machines.size > 0).sort(byFill);
  for (const host of inUse) {
    if (plan.moves.length + host.machines.size > maxMoves) continue;
    const moves = emptyHost(index, host);
    if (moves === null) continue;
    plan.moves.push(...moves);
    plan.emptied.push(host.view.name);
  }
  return plan;
}

/** Moves all machines of the host in the index; null, and nothing changed, when one of them fits nowhere else. */
function emptyHost(index: FleetIndex, host: HostState): PlannedMove[] | null {
  const { view } = host;
  const machines = [...host.machines.values()].sort(bySize);
  const moved: PlacedMachine[] = [];
  index.setHost({ ...view, schedulable: false });
  for (const machine of machines) {
    index.removeMachine(machine.uid, view.name);
    const { host: _from, holds: _held, strategy: _own, ...request } = machine;
    const { host: to, holds } = index.decide({ ...request, strategy: 'Pack' });
    const target = to === undefined ? undefined : index.state.hosts.get(to);
    if (to === undefined || target === undefined || target.machines.size === 0) {
      for (const back of moved) index.removeMachine(back.uid, back.host);
      for (const back of machines) index.setMachine(back);
      index.setHost(view);
      return null;
    }
    const there: PlacedMachine = { ...machine, host: to, holds };
    index.setMachine(there);
    moved.push(there);
  }
  return moved.map(({ uid, host: to }) => ({ uid, from: view.name, to }));
}

const fillOf = (host: HostState): number =>
  Math.max(shareOf(host.cpuUsed, host.size.cpuMilli), shareOf(host.memoryUsed, host.size.memoryBytes));

const byFill = (a: HostState, b: HostState): number => fillOf(a) - fillOf(b) || compareText(a.view.name, b.view.name);

/** The largest first: what is small fits into what is left. */
const bySize = (a: PlacedMachine, b: PlacedMachine): number =>
  b.memoryBytes - a.memoryBytes || b.cpuMilli - a.cpuMilli || compareText(a.uid, b.uid);
