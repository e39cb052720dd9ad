/**
 * What to do next for a Host that is drained, or was. Pure.
 *
 * The beginning is written first: names of moves come from it. Then as many moves as host and targets allow are asked for,
 * in the planned order; who is off goes last. When the drain is taken back, moves that have not begun are taken back, those
 * that run go on, and nothing returns by itself.
 */
import type { HostDrainReason } from '#api/v1alpha1/host-drain.ts';
import { isHopeless, type MachineView, type MoveView, type PlaceView, type Row, rowOf } from './rows.ts';

export interface DrainInput {
  now: number;
  mode: 'None' | 'Drain';
  /** What is on the host is known. */
  isSeen: boolean;
  /** There is a status.drain. */
  isKnown: boolean;
  /** When the drain began; null: it has not, or it was taken back. */
  startedAt: number | null;
  maxOutgoing: number;
  /** Machines that are on the host; `machines` are looked at in a drain that has begun, and while it is seen. */
  count: number;
  machines: readonly MachineView[];
  /** Moves that drains of this host have asked for and that have not ended, wherever their machine is by now. */
  moves: readonly MoveView[];
  /** Machines that are on their way here. */
  incoming: readonly string[];
  /** By the machine's uid. */
  places: ReadonlyMap<string, PlaceView>;
  /** How many more machines may come at once, by the host's name. */
  free: ReadonlyMap<string, number>;
}

export interface Ask {
  machine: MachineView;
  attempt: number;
}

export type DrainStep =
  /** No drain, and none to tell of. */
  | { kind: 'Nothing' }
  /** The beginning is written. */
  | { kind: 'Begin' }
  /** The host does not answer: nothing is asked for. */
  | { kind: 'Unseen' }
  | { kind: 'Go'; rows: Row[]; ask: Ask[]; takeBack: MoveView[] }
  /** No machine is left, and none is coming. */
  | { kind: 'Done' }
  /** It was taken back. */
  | { kind: 'End'; takeBack: MoveView[]; running: MoveView[] };

export function planDrainStep(input: DrainInput): DrainStep {
  const { mode, isKnown, isSeen, startedAt, count, machines, incoming, places, now } = input;
  if (mode === 'None') return isKnown ? planEnd(input) : { kind: 'Nothing' };
  if (startedAt === null) return { kind: 'Begin' };
  if (!isSeen) return { kind: 'Unseen' };
  if (count === 0 && incoming.length === 0) return { kind: 'Done' };
  const judged = machines.map((machine) => rowOf(machine, places.get(machine.uid), now)).sort(byOrder);
  const isRunningLeft = judged.some(isAhead);
  const turn = new Turn(input, judged);
  const ask: Ask[] = [];
  const rows = judged.map((row): Row => {
    if (!row.isReady) return row;
    if (row.state === 'Off' && isRunningLeft) return { ...row, ...held('RunningFirst') };
    const reason = turn.take(row);
    if (reason !== null) return { ...row, ...held(reason) };
    ask.push({ machine: row.machine, attempt: row.attempt + 1 });
    return { ...row, state: 'Moving', reason: null, message: null, attempt: row.attempt + 1 };
  });
  const takeBack = machines.flatMap((machine) =>
    machine.move && !machine.move.isDeleting && isHopeless(machine, places.get(machine.uid)) ? [machine.move] : [],
  );
  return { kind: 'Go', rows, ask, takeBack };
}

function planEnd({ moves }: DrainInput): DrainStep {
  const begun = moves.filter(({ phase }) => phase === 'Running');
  return {
    kind: 'End',
    takeBack: moves.filter(({ phase, isDeleting }) => phase !== 'Running' && !isDeleting),
    running: begun,
  };
}

/** Of those that run, who still goes or is about to. */
const isAhead = ({ state, machine, reason }: Row): boolean =>
  (state === 'Moving' || (state === 'Waiting' && reason !== 'MachineDeleting')) && machine.power !== 'Off';

const MESSAGES: Partial<Record<HostDrainReason, string>> = {
  Queued: 'Others move first.',
  RunningFirst: 'It is off: machines that run are moved before it.',
};

function held(reason: HostDrainReason | { reason: HostDrainReason; message: string }): Partial<Row> {
  if (typeof reason !== 'string') return { ...reason, isReady: false };
  return { reason, message: MESSAGES[reason] ?? null, isReady: false };
}

/** What may begin now: places of this host, of the targets, and of groups. */
class Turn {
  #free: number;
  readonly #targets: Map<string, number>;
  /** Machines of a group that move, by the group's name. */
  readonly #away = new Map<string, number>();

  constructor({ maxOutgoing, free }: DrainInput, rows: readonly Row[]) {
    const moving = rows.filter(({ machine }) => machine.move !== null);
    this.#free = maxOutgoing - moving.length;
    this.#targets = new Map(free);
    for (const { machine, target } of moving) {
      this.#leave(machine);
      // One that has its target is counted there already.
      if (target !== null && machine.move?.target === null) this.#count(target);
    }
  }

  /** Takes its places, or says what is missing. */
  take({ machine, target }: Row): HostDrainReason | { reason: HostDrainReason; message: string } | null {
    const { group } = machine;
    if (group && machine.power === 'On') {
      const away = group.away + (this.#away.get(group.name) ?? 0);
      if (away >= group.maxUnavailable) {
        return {
          reason: 'DisruptionLimit',
          message: `${away} other ${away === 1 ? 'machine' : 'machines'} of ${group.name} move or do not run, and its spec.disruption allows ${group.maxUnavailable} at once.`,
        };
      }
    }
    if (this.#free <= 0) return 'Queued';
    if (target !== null && (this.#targets.get(target) ?? 1) <= 0) return 'Queued';
    this.#free -= 1;
    if (target !== null) this.#count(target);
    this.#leave(machine);
    return null;
  }

  #count(target: string): void {
    const free = this.#targets.get(target);
    if (free !== undefined) this.#targets.set(target, free - 1);
  }

  #leave({ group }: MachineView): void {
    if (group) this.#away.set(group.name, (this.#away.get(group.name) ?? 0) + 1);
  }
}

const RANK: Record<Row['state'], number> = { Moving: 0, Waiting: 1, Off: 2, Blocked: 3 };
const nameOf = ({ namespace, name }: MachineView): string => `${namespace}/${name}`;

/** As they are told: who moves, who waits for its turn, who is off, who is blocked. */
function byOrder(a: Row, b: Row): number {
  return RANK[a.state] - RANK[b.state] || a.order - b.order || (nameOf(a.machine) < nameOf(b.machine) ? -1 : 1);
}
