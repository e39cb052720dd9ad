/**
 * Roads of a user's object (made, changed, stopped, removed), walked again and again in a circle. On the first round
 * each road's effects are written down; on every later one the operator is killed (or frozen) right before another of
 * them, and all has to arrive as if nothing had been. So every effect of every road is a crash point, without a list.
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
  /** Roads of one loop lead back to where the first began: the loop is left out once no point is left on any of them. */
  loop?: string;
}

const ARRIVAL_MS = 150_000;
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

/** Goes the road until its end, or until the operator is struck: dead, or frozen. */
export async function arrive(road: Road, operator: MortalOperator): Promise<'arrived' | 'struck'> {
  const end = await waitFor(
    `the end of ${road.name}`,
    async () => (operator.state === 'running' ? (await road.hasArrived()) && 'arrived' : 'struck'),
    { timeoutMs: ARRIVAL_MS, intervalMs: 100 },
  );
  return end === 'struck' ? 'struck' : 'arrived';
}

/** As `arrive`; what may come late on the road is waited for, too. */
export async function arriveWholly(road: Road, operator: MortalOperator): Promise<'arrived' | 'struck'> {
  if ((await arrive(road, operator)) === 'struck') return 'struck';
  await quiet(operator);
  return operator.state === 'running' ? 'arrived' : 'struck';
}

/** The points of each road, from a round on which nothing happens to the operator. */
export async function survey(operator: MortalOperator, roads: readonly Road[]): Promise<Map<string, string[]>> {
  const points = new Map<string, string[]>();
  for (const road of roads) {
    operator.mark();
    await road.act();
    await arriveWholly(road, operator);
    await sound();
    await road.verify?.();
    points.set(road.name, pointsOf(operator.effects()));
  }
  return points;
}

export async function neverBroken(): Promise<void> {
  const never = judge(await collect(rig, client)).filter((violation) => violation.never);
  if (never.length > 0) throw new Error(`right after it:\n${formatViolations(never)}`);
}

export interface Walked {
  /** By road: the points before which the operator was struck. */
  struck: Map<string, string[]>;
  /** Points that a later round did not come to. */
  missed: string[];
}

/** `only`: of these points alone (`name#nth`), and no others. */
export async function walk(
  operator: MortalOperator,
  roads: readonly Road[],
  only?: readonly string[],
): Promise<Walked> {
  const walked: Walked = { struck: new Map(roads.map(({ name }) => [name, []])), missed: [] };
  const surveyed = await survey(operator, roads);
  const wanted = (road: Road): string[] =>
    (surveyed.get(road.name) ?? []).filter((point) => only?.includes(point) ?? true);
  const left = new Map(roads.map((road) => [road, wanted(road)]));
  const hasLeft = (among: readonly Road[]): boolean => among.some((road) => (left.get(road)?.length ?? 0) > 0);
  while (hasLeft(roads)) {
    const turn = roads.filter(({ loop }) => !loop || hasLeft(roads.filter((road) => road.loop === loop)));
    for (const road of turn) await killOn(road, left.get(road)?.shift(), operator, walked);
  }
  return walked;
}

async function killOn(road: Road, point: string | undefined, operator: MortalOperator, walked: Walked): Promise<void> {
  try {
    if (point === undefined) {
      await road.act();
      await arrive(road, operator);
      return;
    }
    operator.arm(point);
    await road.act();
    const end = await arriveWholly(road, operator);
    operator.disarm();
    if (end === 'struck') {
      walked.struck.get(road.name)?.push(point);
      await neverBroken();
      await operator.start();
      await arrive(road, operator);
    } else walked.missed.push(`${road.name} ${point}`);
    await sound();
    await road.verify?.();
  } catch (error) {
    const where = point ? `${road.name}, killed before ${point}` : road.name;
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** For the table: how many points, and which were not come to again. */
export function tell({ struck, missed }: Walked): string {
  const counts = [...struck].map(([name, points]) => `${name} ${points.length}`).join(', ');
  return `before each effect: ${counts}${missed.length > 0 ? `; not come to again: ${missed.join(', ')}` : ''}`;
}
