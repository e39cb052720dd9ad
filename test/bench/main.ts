/** `make bench`: measures the rows that are asked for on rigs of their own, and says which bars are met. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { RigClient } from '../rig/client.ts';
import { projectRoot } from '../rig/paths.ts';
import { type Figure, failedFigure } from './figure.ts';
import { Fleet } from './fleet.ts';
import { formatFigures, writeJson, writePage } from './report.ts';
import { cloneTime } from './rows/clone-time.ts';
import { decisions } from './rows/decisions.ts';
import { growth } from './rows/growth.ts';
import { latency } from './rows/latency.ts';
import { packing } from './rows/packing.ts';
import { reconnect } from './rows/reconnect.ts';
import { simulatedTime } from './rows/simulated-time.ts';
import { writesOfMachines } from './rows/writes.ts';
import { settings } from './settings.ts';
import { holdHosts } from './simulated.ts';

interface Asked {
  rows: { row: Figure['row']; bar: number }[];
  what: string;
}

/** Needs nothing but this process. */
interface PureMeasurement extends Asked {
  measure: () => Promise<Figure>;
}

interface Measurement extends Asked {
  measure: (rig: RigClient, fleet: Fleet) => Promise<Figure | Figure[]>;
}

interface Stage {
  rig: string[];
  measurements: Measurement[];
}

const pure: PureMeasurement[] = [
  { rows: [{ row: 6, bar: 1 }], what: 'decisions of the scheduler', measure: decisions },
  { rows: [{ row: 7, bar: 1.03 }], what: 'packing', measure: packing },
];

const stages: Stage[] = [
  {
    rig: ['--hosts', String(settings.qemuHosts)],
    measurements: [
      { rows: [{ row: 3, bar: 6 }], what: 'API writes of machines', measure: writesOfMachines },
      { rows: [{ row: 1, bar: 1.25 }], what: 'linked clones on QEMU', measure: cloneTime },
    ],
  },
  {
    rig: ['--no-hosts', '--test-hosts', String(settings.testHosts)],
    measurements: [
      { rows: [{ row: 9, bar: 2 }], what: 'destroyed to status seen', measure: latency },
      { rows: [{ row: 2, bar: 2 }], what: 'machines on the test driver', measure: simulatedTime },
      {
        rows: [
          { row: 4, bar: 20 },
          { row: 5, bar: 1.1 },
        ],
        what: 'growth of memory and CPU',
        measure: growth,
      },
    ],
  },
  {
    rig: ['--no-hosts', '--test-hosts', String(settings.reconnectHosts)],
    measurements: [{ rows: [{ row: 'reconnect', bar: 1.5 }], what: 'reconnect of a fleet', measure: reconnect }],
  },
];

const all = [...pure, ...stages.flatMap(({ measurements }) => measurements)].flatMap(({ rows }) =>
  rows.map(({ row }) => String(row)),
);
const asked = process.argv
  .slice(2)
  .flatMap((word) => word.split(/[\s,]+/))
  .filter(Boolean);
const unknown = asked.filter((row) => !all.includes(row));
if (unknown.length > 0) {
  console.error(`bench: no such row: ${unknown.join(', ')} (there is ${all.join(', ')})`);
  process.exit(2);
}
const wanted = new Set(asked.length > 0 ? asked : all);

/** A rig that is up already is taken as it is, for those who work on one row. */
const given = process.env.VIRTFLEET_RIG;
const rigName = given ?? `bench-${process.pid}`;
const rig = (...args: string[]): boolean =>
  spawnSync(join(projectRoot, 'test', 'rig', 'rig'), ['--name', rigName, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  }).status === 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!given) rig('down');
    process.exit(130);
  });
}

const begun = performance.now();
const say = (text: string): void =>
  console.log(`bench ${String(Math.round((performance.now() - begun) / 1000)).padStart(5)} s  ${text}`);
const figures: Figure[] = [];
const isWanted = ({ rows }: Asked): boolean => rows.some(({ row }) => wanted.has(String(row)));
for (const one of pure.filter(isWanted)) await measured(one, one.measure);
for (const { rig: options, measurements } of stages) {
  const some = measurements.filter(isWanted);
  if (some.length === 0) continue;
  try {
    if (!given && !rig('up', ...options)) throw new Error(`a rig with ${options.join(' ')} did not come up`);
    for (const one of some) await measured(one, () => inFleet(new RigClient(rigName), one.measure));
  } catch (error) {
    for (const measurement of some) figures.push(...failed(measurement, error));
  } finally {
    if (!given) rig('down');
  }
}
figures.sort((a, b) => String(a.row).localeCompare(String(b.row)));
console.log(`\n${formatFigures(figures)}\n`);
const seconds = (performance.now() - begun) / 1000;
if (wanted.size === all.length) await writePage(figures, seconds);
else console.log('a part of the rows was measured: docs/benchmarks.md stays as it is');
console.log(`${writeJson(figures)} has the same as data; it took ${Math.round(seconds)} s`);
process.exit(figures.every(({ holds }) => holds) ? 0 : 1);

async function measured(measurement: Asked, measure: () => Promise<Figure | Figure[]>): Promise<void> {
  say(`${measurement.what}: begins`);
  try {
    const found = [await measure()].flat();
    figures.push(...found.filter(({ row }) => wanted.has(String(row))));
    for (const figure of found) say(formatFigures([figure]));
  } catch (error) {
    figures.push(...failed(measurement, error));
    say(`${measurement.what}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

async function inFleet<T>(rig: RigClient, measure: (rig: RigClient, fleet: Fleet) => Promise<T>): Promise<T> {
  const letGo = await holdHosts(rig);
  const fleet = await Fleet.open(rig);
  try {
    return await measure(rig, fleet);
  } finally {
    await fleet.close();
    letGo();
  }
}

function failed({ rows, what }: Asked, error: unknown): Figure[] {
  const why = error instanceof Error ? error.message : String(error);
  return rows.filter(({ row }) => wanted.has(String(row))).map(({ row, bar }) => failedFigure(row, what, bar, why));
}
