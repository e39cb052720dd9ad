/**
 * Row 7: hosts that have machines ÷ the fewest on which they could be. The lower bound is the sum bound: all CPU by the
 * CPU of a host, all memory by the memory of a host, rounded up, the larger of the two. No packing can be below it, and
 * the best one may be above it, so the ratio is never flattered.
 */
import { FleetIndex, schedule } from '../../../src/scheduler/index.ts';
import { planConsolidation } from '../../../src/scheduler/planners/consolidate.ts';
import { aHost, GiB } from '../../../src/scheduler/testing/builders.ts';
import type { PlacedMachine } from '../../../src/scheduler/types.ts';
import { type Figure, figureOf } from '../figure.ts';
import { median, spreadOf } from '../statistics.ts';
import { trace } from '../trace.ts';

const SEEDS = [11, 23, 37, 41, 59];
const POPULATION = 1500;
const ARRIVALS = 6000;
const HOSTS = 400;
const CPU_MILLI = 64_000;
const MEMORY_BYTES = 256 * GiB;
const SAMPLE_EVERY = 500;
const BAR = 1.03;

const hosts = Array.from({ length: HOSTS }, (_, i) =>
  aHost({
    name: `h${String(i).padStart(3, '0')}`,
    domainTypes: ['kvm'],
    allocatable: { cpuMilli: CPU_MILLI, memoryBytes: MEMORY_BYTES },
    pools: {},
  }),
);

export async function packing(): Promise<Figure> {
  const online: number[] = [];
  const rebalanced: number[] = [];
  const atOnce: number[] = [];
  const moved: number[] = [];
  for (const seed of SEEDS) {
    const { ratios, machines } = live(seed);
    online.push(median(ratios));
    const { moves } = planConsolidation({ hosts, machines }, { maxMoves: machines.length });
    rebalanced.push(ratioOf(carriedOut(machines, moves)));
    moved.push(moves.length / machines.length);
    atOnce.push(ratioOf(packedAtOnce(machines)));
  }
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
  const detail = [
    `${SEEDS.length} seeds, ${POPULATION} machines of eight sizes (1 to 32 CPUs) on hosts of 64 CPUs and 256 GiB, ${ARRIVALS} arrivals`,
    `as they came, never moved: ${spreadText(online)}`,
    `after one rebalance, which moves ${percent(median(moved))} of the machines: the figure`,
    `the same machines placed in one batch, in order of their age: ${spreadText(atOnce)}`,
  ].join('; ');
  return figureOf(
    7,
    'hosts in use after a rebalance ÷ lower bound (sum of CPU or memory)',
    spreadOf(rebalanced),
    BAR,
    detail,
  );
}

/** Places and removes machines by the trace; ratios are taken once the fleet has filled up. */
function live(seed: number): { ratios: number[]; machines: PlacedMachine[] } {
  const index = new FleetIndex({ hosts }, { strategy: 'Pack' });
  const here = new Map<string, PlacedMachine>();
  const ratios: number[] = [];
  trace(seed, POPULATION, ARRIVALS).forEach((event, at) => {
    if (event.kind === 'leaves') {
      const machine = here.get(event.uid);
      if (machine === undefined) throw new Error(`${event.uid} leaves and was never placed`);
      index.removeMachine(machine.uid, machine.host);
      here.delete(event.uid);
    } else {
      const { host, message } = index.place(event.machine);
      if (host === undefined) throw new Error(`a machine of the trace fits nowhere: ${message}`);
      here.set(event.machine.uid, { ...event.machine, host });
    }
    if (at > 3 * POPULATION && at % SAMPLE_EVERY === 0) ratios.push(ratioOf([...here.values()]));
  });
  return { ratios, machines: [...here.values()] };
}

function carriedOut(
  machines: readonly PlacedMachine[],
  moves: readonly { uid: string; to: string }[],
): PlacedMachine[] {
  const to = new Map(moves.map((move) => [move.uid, move.to]));
  return machines.map((machine) => ({ ...machine, host: to.get(machine.uid) ?? machine.host }));
}

/** One batch, as the scheduler orders it: by age. */
function packedAtOnce(machines: readonly PlacedMachine[]): PlacedMachine[] {
  const waiting = machines.map(({ host: _host, ...machine }, at) => ({ ...machine, createdAt: at }));
  const hostOf = new Map(schedule(waiting, { hosts }, { strategy: 'Pack' }).map(({ uid, host }) => [uid, host]));
  return machines.map((machine) => ({ ...machine, host: hostOf.get(machine.uid) ?? '' }));
}

/** Throws when a host has more than it holds: such a packing is worth nothing. */
function ratioOf(machines: readonly PlacedMachine[]): number {
  const use = new Map<string, { cpu: number; memory: number }>();
  let [cpu, memory] = [0, 0];
  for (const { host, cpuMilli, memoryBytes } of machines) {
    const here = use.get(host) ?? { cpu: 0, memory: 0 };
    here.cpu += cpuMilli;
    here.memory += memoryBytes;
    if (here.cpu > CPU_MILLI || here.memory > MEMORY_BYTES) throw new Error(`host ${host} was given more than it has`);
    use.set(host, here);
    cpu += cpuMilli;
    memory += memoryBytes;
  }
  return use.size / Math.max(Math.ceil(cpu / CPU_MILLI), Math.ceil(memory / MEMORY_BYTES));
}

function spreadText(values: readonly number[]): string {
  const { median: middle, least, most } = spreadOf(values);
  return `${middle.toFixed(3)} (${least.toFixed(3)} to ${most.toFixed(3)})`;
}
