/** Where the machines of a host that is drained would go: the plan, made anew as often as the fleet's size lets it be. */
import type { Host } from '#api/v1alpha1/host.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { Clock } from '#platform/clock.ts';
import { type Leaver, planDrain } from '#scheduler/planners/drain.ts';
import type { ControllerDeps } from '../deps.ts';
import { fleetSnapshot, schedulerOptions } from '../fleet-snapshot.ts';
import { machineIndexes } from '../indexes.ts';
import { leaverOf, obstacleOf, powerOf } from '../leaving.ts';
import type { MachineView, PlaceView } from './rows.ts';

export type Places = ReadonlyMap<string, PlaceView>;

const KEPT_MS = 1_000;
/** A plan over a large fleet holds everything else up while it is made: it is good for so many times as long. */
const KEPT_TIMES = 20;

/** The last plan of each host. Where a machine really goes is decided when its turn has come, so that an old one does no harm. */
export class Plans {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #kept = new Map<string, { places: Places; untilMs: number }>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  of(hostUid: string, make: () => Places): Places {
    const kept = this.#kept.get(hostUid);
    const beganAt = this.#clock.monotonicMs();
    if (kept && beganAt < kept.untilMs) return kept.places;
    const places = make();
    const now = this.#clock.monotonicMs();
    this.#kept.set(hostUid, { places, untilMs: now + Math.max(KEPT_MS, (now - beganAt) * KEPT_TIMES) });
    return places;
  }

  forget(hostUid: string): void {
    this.#kept.delete(hostUid);
  }
}

/** Who moves to a known target has its room there already. Machines of hosts whose drain began before are placed before ours. */
export function placesOf(
  deps: ControllerDeps,
  host: Host,
  here: readonly VirtualMachine[],
  views: readonly MachineView[],
): Places {
  const objects = new Map(here.map((machine) => [machine.metadata.uid, machine]));
  const leavers = views.flatMap((view): Leaver[] => {
    const machine = objects.get(view.uid);
    const stays = view.move === null && view.obstacle !== null;
    if (!machine || view.isDeleting || stays || view.move?.target) return [];
    return [{ ...leaverOf(deps.informers, machine, view.power === 'Off'), isAsked: view.move !== null }];
  });
  if (leavers.length === 0) return new Map();
  const others = deps.informers.hosts.list().filter((other) => isBefore(other, host));
  const before = others.flatMap((other) => leaversOf(deps, other));
  const lanes = host.spec.migration.maxOutgoing;
  const moves = planDrain(fleetSnapshot(deps), [...before, ...leavers], { lanes }, schedulerOptions(deps.config));
  return new Map(
    moves.flatMap(({ uid, to, order, message }) =>
      objects.has(uid) ? [[uid, { to: to ?? null, order, message }] as const] : [],
    ),
  );
}

function leaversOf({ informers }: ControllerDeps, host: Host): Leaver[] {
  return informers.machines
    .byIndex(machineIndexes.host, host.metadata.uid)
    .filter((machine) => !machine.metadata.deletionTimestamp && !machine.status?.migration?.target)
    .filter((machine) => obstacleOf(machine) === null)
    .map((machine) => ({ ...leaverOf(informers, machine, powerOf(machine) === 'Off'), isAsked: true }));
}

function isBefore(other: Host, host: Host): boolean {
  if (other.metadata.uid === host.metadata.uid || other.spec.maintenance.mode !== 'Drain') return false;
  const [theirs, ours] = [other.status?.drain?.startedAt, host.status?.drain?.startedAt];
  if (theirs === undefined || ours === undefined) return false;
  return theirs === ours ? other.metadata.name < host.metadata.name : theirs < ours;
}
