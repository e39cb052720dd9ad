/**
 * Roads of a user's object (made, changed, stopped, removed), walked again and again in a circle. On the first round
 * each road's effects are written down; on every later one the operator is killed right before another of them, started
 * anew, and has to arrive as if nothing had been. So every effect of every road is a crash point, without a list.
 */
import { client, rig, sound } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { collect, formatViolations, judge } from '../check/index.ts';
import { type MortalOperator, pointsOf } from './mortal-operator.ts';

export interface Road {
  name: string;
  /** What the user does. */
  act(): Promise<unknown>;
  hasArrived(): Promise<boolean>;
  /** Throws when something took effect that should not have, or twice. */
  verify?(): Promise<void>;
}

const ARRIVAL_MS = 120_000;
/** Nothing was sent for so long: what comes later is a matter of time (a guest that boots), and no step of the road. */
const QUIET_MS = 1_500;

async function quiet(operator: MortalOperator): Promise<void> {
  let count = -1;
  let since = 0;
  await waitFor(
    'the operator to be done',
    () => {
      const now = operator.effects().length;
      if (now !== count) since = performance.now();
      count = now;
      return operator.state !== 'running' || performance.now() - since > QUIET_MS;
    },
    { timeoutMs: ARRIVAL_MS, intervalMs: 100 },
  );
}

async function arrive(road: Road, operator: MortalOperator): Promise<'arrived' | 'died'> {
  const end = await waitFor(
    `the end of ${road.name}`,
    async () => (operator.state === 'stopped' ? 'died' : (await road.hasArrived()) ? 'arrived' : null),
    { timeoutMs: ARRIVAL_MS, intervalMs: 100 },
  );
  if (end === 'died') return 'died';
  await quiet(operator);
  return operator.state === 'stopped' ? 'died' : 'arrived';
}

export interface Walked {
  /** By road: the points before which the operator was killed. */
  killed: Map<string, string[]>;
  /** Points that a later round did not come to. */
  missed: string[];
}

/** `only`: of these names alone (`name#nth`), and no others. */
export async function walk(
  operator: MortalOperator,
  roads: readonly Road[],
  only?: readonly string[],
): Promise<Walked> {
  const walked: Walked = { killed: new Map(roads.map(({ name }) => [name, []])), missed: [] };
  const points = new Map<string, string[]>();
  for (const road of roads) {
    operator.mark();
    await road.act();
    await arrive(road, operator);
    await sound();
    await road.verify?.();
    points.set(
      road.name,
      pointsOf(operator.effects()).filter((point) => only?.includes(point) ?? true),
    );
  }
  const rounds = Math.max(...[...points.values()].map(({ length }) => length));
  for (let round = 0; round < rounds; round++) {
    for (const road of roads) await killOn(road, points.get(road.name)?.[round], operator, walked);
  }
  return walked;
}

async function killOn(road: Road, point: string | undefined, operator: MortalOperator, walked: Walked): Promise<void> {
  const where = point ? `${road.name}, killed before ${point}` : road.name;
  try {
    if (point) operator.arm(point);
    await road.act();
    const end = await arrive(road, operator);
    operator.disarm();
    if (end === 'died') {
      walked.killed.get(road.name)?.push(point ?? '');
      const never = judge(await collect(rig, client)).filter((violation) => violation.never);
      if (never.length > 0) throw new Error(`right after it:\n${formatViolations(never)}`);
      await operator.start();
      await arrive(road, operator);
    } else if (point) walked.missed.push(`${road.name} ${point}`);
    await sound();
    await road.verify?.();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** For the table: how many points, and which were not come to again. */
export function tell({ killed, missed }: Walked): string {
  const counts = [...killed].map(([name, points]) => `${name} ${points.length}`).join(', ');
  return `killed before each effect: ${counts}${missed.length > 0 ? `; not come to again: ${missed.join(', ')}` : ''}`;
}
