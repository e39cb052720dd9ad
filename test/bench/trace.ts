/** A seeded trace of machines that come and go. The same seed gives the same trace, everywhere. */
import { aRequest, GiB } from '../../src/scheduler/testing/builders.ts';
import type { PlacementRequest } from '../../src/scheduler/types.ts';
import { seeded } from '../chaos/support/random.ts';

/** Sizes that people ask for: many small, some large; CPU to memory from 1:2 to 1:8. */
const flavours: readonly { cpus: number; memoryGiB: number; share: number }[] = [
  { cpus: 1, memoryGiB: 2, share: 25 },
  { cpus: 2, memoryGiB: 4, share: 20 },
  { cpus: 2, memoryGiB: 8, share: 20 },
  { cpus: 4, memoryGiB: 16, share: 14 },
  { cpus: 4, memoryGiB: 32, share: 6 },
  { cpus: 8, memoryGiB: 32, share: 8 },
  { cpus: 16, memoryGiB: 64, share: 5 },
  { cpus: 32, memoryGiB: 128, share: 2 },
];

export function anyMachine(random: () => number, name: string): PlacementRequest {
  const point = random() * flavours.reduce((sum, { share }) => sum + share, 0);
  let below = 0;
  const flavour = flavours.find(({ share }) => {
    below += share;
    return point < below;
  });
  return aRequest({
    name,
    namespace: 'bench',
    labels: { app: `app-${Math.floor(random() * 50)}` },
    cpuMilli: (flavour?.cpus ?? 1) * 1000,
    memoryBytes: (flavour?.memoryGiB ?? 1) * GiB,
  });
}

export type Event = { kind: 'arrives'; machine: PlacementRequest } | { kind: 'leaves'; uid: string };

/**
 * Machines arrive at random, live for a random time (exponential, so that some stay for very long), and leave. After
 * `population` arrivals' worth of time there are about `population` of them.
 */
export function trace(seed: number, population: number, arrivals: number): Event[] {
  const random = seeded(seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const events: { at: number; event: Event }[] = [];
  let now = 0;
  for (let i = 0; i < arrivals; i++) {
    now += exponential(1);
    const machine = anyMachine(random, `m${i}`);
    events.push({ at: now, event: { kind: 'arrives', machine } });
    events.push({ at: now + exponential(population), event: { kind: 'leaves', uid: machine.uid } });
  }
  return events
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}
