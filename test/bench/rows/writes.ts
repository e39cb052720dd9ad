/** Row 3: what a machine costs the API server in writes, by the server's own counter, and what it costs at rest. */
import { setTimeout as delay } from 'node:timers/promises';
import { type ApiWrite, ofTheFleet, readWrites, total, writesBetween } from '../../chaos/api-writes.ts';
import { expectSound } from '../../chaos/check/index.ts';
import type { RigClient } from '../../rig/client.ts';
import { plainClone, prepareClones } from '../clones.ts';
import { type Figure, figureOf } from '../figure.ts';
import { type Fleet, namesOf } from '../fleet.ts';
import { startOperator } from '../operator.ts';
import { settings } from '../settings.ts';

/** Of machines and of events: other kinds count machines at most every 10 s, however many there are. */
const ofMachines = (writes: readonly ApiWrite[]): ApiWrite[] =>
  ofTheFleet(writes).filter(({ resource }) => resource === 'events' || resource.startsWith('virtualmachines'));

export async function writesOfMachines(rig: RigClient, fleet: Fleet): Promise<Figure[]> {
  const { counted, idleSeconds } = settings;
  await startOperator(rig);
  await prepareClones(rig, fleet);
  await fleet.clear(180_000);
  await quiet(rig, 3, 60);
  const each: number[] = [];
  let seen = '';
  // one after the other, so that each has a count of its own
  for (const name of namesOf('frugal', 0, counted)) {
    const before = await readWrites(rig);
    await fleet.make([name], plainClone, 1, 120_000);
    const written = await quietAfter(rig, before);
    each.push(total(written) - 1); // less the create, which is the user's
    seen = written.map(({ verb, resource, count }) => `${verb} ${resource} ${count}`).join(', ');
  }
  await quiet(rig, 10, 180);
  const idle = await readWrites(rig);
  await delay(settings.idleSeconds * 1000);
  const atRest = ofTheFleet(writesBetween(idle, await readWrites(rig)));
  await expectSound(rig, { client: fleet.client });
  await fleet.clear(180_000);
  await expectSound(rig, { client: fleet.client });
  const most = Math.max(...each);
  const spread = { median: most, least: Math.min(...each), most };
  const rest = { median: total(atRest), least: total(atRest), most: total(atRest) };
  return [
    figureOf(3, `API writes to make a machine, the most of ${counted}`, spread, 6, seen),
    figureOf(
      3,
      `API writes of ${counted} machines at rest in ${idleSeconds} s`,
      rest,
      0,
      atRest.map(({ verb, resource, count }) => `${verb} ${resource} ${count}`).join(', ') || 'none',
    ),
  ];
}

/** Events are sent a moment after what they tell of: what was written once nothing more comes for a second. */
async function quietAfter(rig: RigClient, before: ApiWrite[]): Promise<ApiWrite[]> {
  for (let last = -1; ; ) {
    const written = ofMachines(writesBetween(before, await readWrites(rig)));
    if (total(written) === last) return written;
    last = total(written);
    await delay(1_000);
  }
}

async function quiet(rig: RigClient, seconds: number, mostSeconds: number): Promise<void> {
  const deadline = performance.now() + mostSeconds * 1000;
  for (let before = await readWrites(rig); ; ) {
    await delay(seconds * 1000);
    const after = await readWrites(rig);
    const written = ofTheFleet(writesBetween(before, after));
    if (written.length === 0) return;
    if (performance.now() > deadline) throw new Error(`it is never quiet: ${JSON.stringify(written)}`);
    before = after;
  }
}
