/** `status.drain` of a Host after a step. Pure; always computed, written only when it differs. */
import type { Host, HostStatus } from '#api/v1alpha1/host.ts';
import type { DrainedMachine, HostDrain } from '#api/v1alpha1/host-drain.ts';
import { isoTime, leftOf } from '../conditions.ts';
import type { DrainStep } from './plan.ts';
import type { Row } from './rows.ts';

const MOST_ROWS = 1000;
const MOST_MESSAGE = 1024;

export interface DrainStatusInput {
  object: Host;
  step: DrainStep;
  now: number;
  /** Machines on the host. */
  count: number;
  incoming: number;
  movedBytes: number;
}

export function drainStatus(input: DrainStatusInput): HostStatus {
  const { drain: _before, ...rest } = input.object.status ?? {};
  const drain = drainOf(input);
  return drain === null ? rest : { ...rest, drain };
}

function drainOf(input: DrainStatusInput): HostDrain | null {
  const { object, step, now, count } = input;
  const before = object.status?.drain ?? {};
  const { name } = object.metadata;
  const total = Math.max(before.total ?? 0, count);
  switch (step.kind) {
    case 'Nothing':
      return object.status?.drain ?? null;
    case 'Begin':
      return {
        startedAt: isoTime(now),
        total: count,
        left: count,
        moving: 0,
        blocked: 0,
        message: 'The drain begins.',
      };
    case 'Unseen': {
      const { remainingSeconds: _unknown, ...known } = before;
      return {
        ...known,
        message: `${name} does not answer: where its machines run is not known, and none is moved. The drain goes on when it does.`,
      };
    }
    case 'Done':
      return {
        ...startOf(before),
        finishedAt: before.finishedAt ?? isoTime(now),
        total,
        left: 0,
        moving: 0,
        blocked: 0,
        message: `No machine of the fleet is left on ${name}.`,
      };
    case 'End': {
      const left = [...step.takeBack, ...step.running];
      if (left.length === 0) return null;
      return {
        left: count,
        moving: left.length,
        message: `The drain was taken back: ${left.length === 1 ? '1 move goes' : `${left.length} moves go`} on or ${left.length === 1 ? 'is' : 'are'} being taken back, and no machine returns by itself.`,
      };
    }
    case 'Go':
      return { ...startOf(before), ...told(input, step.rows, total) };
    default:
      return step satisfies never;
  }
}

const startOf = ({ startedAt }: HostDrain): HostDrain => (startedAt === undefined ? {} : { startedAt });

function told(input: DrainStatusInput, rows: readonly Row[], total: number): HostDrain {
  const count = (state: Row['state']): number => rows.filter((row) => row.state === state).length;
  const [moving, blocked, waiting] = [count('Moving'), count('Blocked'), count('Waiting') + count('Off')];
  const { incoming } = input;
  const parts = [
    ...(moving > 0 ? [`${moving} moving`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
    ...(incoming > 0 ? [`${incoming} still coming here`] : []),
  ];
  const remainingSeconds = remaining(input, rows);
  return {
    total: Math.max(total, rows.length),
    left: rows.length,
    moving,
    blocked,
    ...(remainingSeconds === null ? {} : { remainingSeconds }),
    message: `${leftOf(rows.length, Math.max(total, rows.length))}: ${parts.join(', ')}.`,
    machines: rows.slice(0, MOST_ROWS).map(rowStatus),
  };
}

/** At the rate of this drain so far, of which all that it waited for is a part. */
function remaining({ object, movedBytes, now }: DrainStatusInput, rows: readonly Row[]): number | null {
  const startedAt = Date.parse(object.status?.drain?.startedAt ?? '');
  const left = rows.reduce((sum, { state, machine }) => sum + (state === 'Blocked' ? 0 : machine.bytes), 0);
  if (movedBytes === 0 || left === 0 || !(now > startedAt)) return null;
  return Math.ceil((((now - startedAt) / 1000) * left) / movedBytes);
}

function rowStatus({
  machine,
  state,
  reason,
  message,
  order,
  target,
  attempt,
  migration,
  retryAt,
}: Row): DrainedMachine {
  return {
    machine: `${machine.namespace}/${machine.name}`,
    state,
    ...(order > 0 ? { order } : {}),
    ...(target === null ? {} : { target }),
    ...(migration === null ? {} : { migration }),
    ...(attempt === 0 ? {} : { attempt }),
    ...(retryAt === null ? {} : { retryAt: isoTime(retryAt) }),
    ...(reason === null ? {} : { reason }),
    ...(message ? { message: message.slice(0, MOST_MESSAGE) } : {}),
  };
}

/** What may wait for two seconds: how far it is. What has begun, and who is blocked, is written at once. */
export function withoutCounters(status: HostStatus): unknown {
  const { drain, ...rest } = status;
  if (!drain) return rest;
  const { startedAt, finishedAt, machines = [] } = drain;
  return {
    ...rest,
    drain: {
      startedAt,
      finishedAt,
      machines: machines.map(({ machine, state, attempt, retryAt, reason }) => ({
        machine,
        state,
        attempt,
        retryAt,
        reason,
      })),
    },
  };
}
