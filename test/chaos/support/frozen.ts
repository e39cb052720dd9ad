/**
 * Two replicas, of which the leader is frozen right before an effect, after its right was checked. The other takes over,
 * finishes the road and moves on. Then the first wakes with its call in hand: it must not take effect, and it must end.
 */
import { sound } from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import type { MortalOperator } from './mortal-operator.ts';
import { arrive, arriveWholly, neverBroken, type Road, survey, type Walked } from './roads.ts';

export class Replicas {
  #leader: MortalOperator;
  #follower: MortalOperator;

  constructor(leader: MortalOperator, follower: MortalOperator) {
    this.#leader = leader;
    this.#follower = follower;
  }

  get leader(): MortalOperator {
    return this.#leader;
  }

  /** `then`: what the user does and the other replica carries out while the first one is frozen. */
  async freezeOn(road: Road, point: string, then: readonly Road[], walked: Walked): Promise<void> {
    const first = this.#leader;
    try {
      first.arm(point, 'freeze');
      await road.act();
      const end = await arriveWholly(road, first);
      first.disarm();
      if (end === 'struck') {
        walked.struck.get(road.name)?.push(point);
        [this.#leader, this.#follower] = [this.#follower, first];
      } else walked.missed.push(`${road.name} ${point}`);
      await arrive(road, this.#leader);
      for (const next of then) {
        await next.act();
        await arrive(next, this.#leader);
      }
      if (end === 'struck') await this.#wake();
      await sound();
      await (then.at(-1) ?? road).verify?.();
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`${road.name}, frozen before ${point}: ${what}`, { cause: error });
    }
  }

  /** What was frozen goes on, finds its right ended, and ends; it is started anew, to follow. */
  async #wake(): Promise<void> {
    await this.#follower.thaw();
    await waitFor('the replica that was frozen to end', () => this.#follower.state === 'stopped', {
      timeoutMs: 30_000,
    });
    await neverBroken();
    await this.#follower.start();
  }
}

/** The leader is frozen before each effect of making and of removing; each time the other one makes, or removes, anew. */
export async function freezeAll(replicas: Replicas, make: Road, remove: Road): Promise<Walked> {
  const walked: Walked = { struck: new Map([make, remove].map(({ name }) => [name, []])), missed: [] };
  const points = await survey(replicas.leader, [make, remove]);
  for (const point of points.get(make.name) ?? []) {
    await replicas.freezeOn(make, point, [remove, make], walked);
    await remove.act();
    await arrive(remove, replicas.leader);
  }
  for (const point of points.get(remove.name) ?? []) {
    await make.act();
    await arrive(make, replicas.leader);
    await replicas.freezeOn(remove, point, [make], walked);
    await remove.act();
    await arrive(remove, replicas.leader);
  }
  await sound();
  return walked;
}
