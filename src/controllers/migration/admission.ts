/** The queue of moves: who of all that wait may go on, from caches alone. Judged anew when something has changed. */
import type { VirtualMachineMigration } from '#api/v1alpha1/virtual-machine-migration.ts';
import { keyOf } from '#kube/types.ts';
import type { ControllerDeps } from '../deps.ts';
import { createdAt, machineKey, viewMigration } from './observe.ts';
import { planMigration } from './plan.ts';
import { freeTurn, type Limits, type Mover, type Turn, takeTurns } from './turn.ts';

/** As in the API, for a Host whose object is gone. */
const DEFAULT_OUTGOING = 2;
const DEFAULT_AT_ONCE = 10;

export class Admission {
  readonly #deps: ControllerDeps;
  #turns: Map<string, Turn> | null = null;
  #keys = new Map<string, string>();

  constructor(deps: ControllerDeps) {
    this.#deps = deps;
  }

  /** Something has changed that turns depend on. */
  invalidate(): void {
    this.#turns = null;
  }

  /** Free for those that wait for something else than a turn: what that is, the plan says. */
  turnOf(object: VirtualMachineMigration): Turn {
    return this.#judged().get(object.metadata.uid) ?? freeTurn;
  }

  /** Keys of those whose turn has come and that have not gone on yet. */
  free(): string[] {
    return [...this.#judged()].flatMap(([uid, { isFree }]) => (isFree ? [this.#keys.get(uid) ?? ''] : []));
  }

  #judged(): Map<string, Turn> {
    if (this.#turns) return this.#turns;
    const { informers, config } = this.#deps;
    const limits: Limits = {
      fleet: config.migrationsAtOnce ?? DEFAULT_AT_ONCE,
      outgoing: (host) => informers.hosts.get(host)?.spec.migration.maxOutgoing ?? DEFAULT_OUTGOING,
    };
    const all = informers.migrations.list().map((object) => ({ object, place: this.#placeOf(object) }));
    const movers = (...places: Place[]): Mover[] =>
      all.filter(({ place }) => places.includes(place)).map(({ object }) => this.#moverOf(object));
    this.#keys = new Map(all.map(({ object }) => [object.metadata.uid, keyOf(object)]));
    this.#turns = new Map([
      ...takeTurns(movers('ToAdmit'), movers('Admitted', 'ToBegin', 'Moving'), limits),
      ...takeTurns(movers('ToBegin'), movers('Moving'), limits),
    ]);
    return this.#turns;
  }

  #placeOf(object: VirtualMachineMigration): Place {
    const phase = object.status?.phase ?? 'Pending';
    if (phase === 'Running') return 'Moving';
    if (phase !== 'Pending' && phase !== 'Preparing') return 'None';
    const view = viewMigration(this.#deps, object, false);
    const { kind } = planMigration(view);
    if (kind === 'Admit') return 'ToAdmit';
    if (kind === 'Begin') return 'ToBegin';
    // For which no host fits must not hold up others that could go.
    return phase === 'Preparing' && view.machine?.answer?.phase !== 'Waiting' ? 'Admitted' : 'None';
  }

  #moverOf(object: VirtualMachineMigration): Mover {
    const { metadata, status } = object;
    const source = status?.source?.name ?? this.#deps.informers.machines.get(machineKey(object))?.status?.host?.name;
    const seconds = status?.operation?.remainingSeconds;
    return {
      uid: metadata.uid,
      createdAt: createdAt(object),
      source: source ?? '',
      leftMs: seconds === undefined ? null : seconds * 1000,
    };
  }
}

/** Where one stands: before its admission, before its move, or in between. */
type Place = 'ToAdmit' | 'Admitted' | 'ToBegin' | 'Moving' | 'None';
