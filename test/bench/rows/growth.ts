/** Rows 4 and 5: what the operator takes of memory and CPU as machines become more. */
import type { RigClient } from '../../rig/client.ts';
import { Daemons } from '../../rig/daemons.ts';
import { operatorName } from '../../rig/operator.ts';
import { secondsOf } from '../cpu.ts';
import { type Figure, figureOf } from '../figure.ts';
import { type Fleet, namesOf } from '../fleet.ts';
import { freePort, Inspector } from '../inspector.ts';
import { settled, startOperator, stopOperator } from '../operator.ts';
import { settings } from '../settings.ts';
import { expectEachOnce, prepareSimulated, simulatedMachine } from '../simulated.ts';
import { exponent, slope } from '../statistics.ts';

const ALL_MS = 900_000;
/** From that many machines on memory is read: below, what is there without any outweighs them. */
const MEMORY_FROM = 1000;
const WARM_UP = 500;

export async function growth(rig: RigClient, fleet: Fleet): Promise<Figure[]> {
  const { sizes, concurrency } = settings;
  await startOperator(rig);
  await prepareSimulated(rig, fleet);
  await fleet.clear(ALL_MS);
  await stopOperator(rig);
  const port = await freePort();
  await startOperator(rig, { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
  // code that runs for the first time is slow, and would make the growth look smaller than it is
  await fleet.make(namesOf('warm', 0, Math.min(WARM_UP, sizes[0] ?? WARM_UP)), simulatedMachine, concurrency, ALL_MS);
  await fleet.clear(ALL_MS);
  await settled(rig, ALL_MS);

  const inspector = await Inspector.open(port);
  const pid = new Daemons(rig.dir).process(operatorName(0))?.pid ?? 0;
  const memoryFrom = sizes.filter((size) => size >= MEMORY_FROM).length > 1 ? MEMORY_FROM : 0;
  const cpu: [machines: number, seconds: number][] = [];
  const memory: [machines: number, bytes: number][] = [];
  const resident: string[] = [];
  let used = 0;
  let made = 0;
  for (const size of sizes) {
    const before = secondsOf(pid);
    await fleet.make(namesOf('g', made, size), simulatedMachine, concurrency, ALL_MS);
    await settled(rig, ALL_MS);
    used += secondsOf(pid) - before;
    cpu.push([size, used]);
    made = size;
    if (size < memoryFrom) continue;
    const { heapUsed, external, rss } = await inspector.memory();
    memory.push([size, heapUsed + external]);
    resident.push(`${size}: ${mebibytes(heapUsed + external)} (resident ${mebibytes(rss)})`);
  }
  inspector.close();
  await expectEachOnce(rig, fleet);
  await stopOperator(rig); // whoever comes next runs without an inspector
  const [from, to] = [sizes[0], sizes.at(-1)];
  const kilobytes = memory.length > 1 ? slope(memory) / 1000 : Number.NaN;
  const [leastKb, mostKb] = extremes(memory, (a, b) => slope([a, b]) / 1000);
  const [leastExp, mostExp] = extremes(cpu, (a, b) => exponent([a, b]));
  return [
    figureOf(
      4,
      `memory of the operator after a collection, kB a machine, ${memory[0]?.[0]} to ${to} machines`,
      { median: kilobytes, least: leastKb, most: mostKb },
      20,
      resident.join(', '),
    ),
    figureOf(
      5,
      `growth of the operator's CPU from ${from} to ${to} machines, exponent`,
      { median: exponent(cpu), least: leastExp, most: mostExp },
      1.1,
      cpu.map(([n, seconds]) => `${n}: ${seconds.toFixed(1)} s`).join(', '),
    ),
  ];
}

type Point = [number, number];

/** Of the slopes between neighbours. */
function extremes(points: readonly Point[], between: (a: Point, b: Point) => number): [number, number] {
  const values = points.slice(1).map((point, at) => between(points[at] ?? point, point));
  return [Math.min(...values), Math.max(...values)];
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
