/**
 * Row 6, decision only: machines placed one after the other into a fleet of 5,000 hosts, each counted on its host before
 * the next is decided. One process, one core; only the time of deciding is measured, by the CPU that it took, so that
 * other people's load on the machine does not count.
 */
import { type Decision, FleetIndex } from '../../../src/scheduler/index.ts';
import { aHost, GiB } from '../../../src/scheduler/testing/builders.ts';
import type { HostView, PlacementRequest } from '../../../src/scheduler/types.ts';
import { seeded } from '../../chaos/support/random.ts';
import { type Figure, figureOf } from '../figure.ts';
import { spreadOf } from '../statistics.ts';
import { anyMachine } from '../trace.ts';

const HOSTS = 5000;
/** Before they are counted: the engine compiles what runs for the first time. */
const WARM_UP = 10_000;
const DECISIONS = 20_000;
const REPETITIONS = 5;
const WANTED_A_SECOND = 16_000;

const kinds = [
  { cpus: 32, memoryGiB: 128 },
  { cpus: 64, memoryGiB: 256 },
  { cpus: 96, memoryGiB: 384 },
  { cpus: 128, memoryGiB: 1024 },
] as const;

/** Three zones, 200 racks, four kinds of hardware; firmware keeps a little memory, another amount on each. */
function fleet(random: () => number): HostView[] {
  return Array.from({ length: HOSTS }, (_, i) => {
    const { cpus, memoryGiB } = kinds[i % kinds.length] ?? kinds[0];
    return aHost({
      name: `h${i}`,
      labels: { zone: `z${i % 3}`, rack: `r${i % 200}` },
      taints: i % 20 === 0 ? [{ key: 'gpu', effect: 'NoSchedule' as const }] : [],
      ready: i % 100 !== 0,
      domainTypes: ['kvm', 'qemu'],
      allocatable: { cpuMilli: cpus * 4000, memoryBytes: Math.round((memoryGiB - 2 * random()) * GiB) },
      pools: { local: { freeBytes: 4096 * GiB } },
    });
  });
}

type Arm = (machine: PlacementRequest, at: number) => PlacementRequest;
const app = ({ labels }: PlacementRequest) => ({ matchLabels: { app: labels?.app ?? '' } });

const arms: Record<string, Arm> = {
  'room and pool': (machine) => machine,
  'and a zone for each fourth, a toleration for each fifth': (machine, at) => ({
    ...machine,
    ...(at % 4 === 0 ? { selector: { matchLabels: { zone: `z${at % 3}` } } } : {}),
    ...(at % 5 === 0 ? { tolerations: [{ key: 'gpu', operator: 'Exists' as const }] } : {}),
  }),
  'and all spread hard over zones and softly over hosts, in 50 groups': (machine) => ({
    ...machine,
    spread: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', selector: app(machine) }],
    antiAffinity: {
      preferred: [{ weight: 10, term: { topologyKey: 'kubernetes.io/hostname', selector: app(machine) } }],
    },
  }),
};

export async function decisions(): Promise<Figure> {
  const rates = Object.keys(arms).map((): number[] => []);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const [at, arm] of Object.values(arms).entries()) rates[at]?.push(rateOf(arm, repetition));
  }
  const words = Object.keys(arms).map((name, at) => {
    const { median, least, most } = spreadOf(rates[at] ?? []);
    return `${name}: ${Math.round(median)} a second (${Math.round(least)} to ${Math.round(most)})`;
  });
  return figureOf(
    6,
    `${WANTED_A_SECOND} decisions a second ÷ decisions a second of CPU, ${HOSTS} hosts, strategy Spread`,
    spreadOf((rates[1] ?? []).map((rate) => WANTED_A_SECOND / rate)),
    1,
    `${DECISIONS} decisions; ${words.join('; ')}; the second is the figure`,
  );
}

function rateOf(arm: Arm, repetition: number): number {
  const random = seeded(repetition + 1);
  const index = new FleetIndex({ hosts: fleet(random) });
  const machines = Array.from({ length: WARM_UP + DECISIONS }, (_, at) => ({
    ...arm(anyMachine(random, `m${at}`), at),
    requiredPools: [{ name: 'local', bytes: GiB }],
  }));
  for (const machine of machines.slice(0, WARM_UP)) expectHost(index.place(machine));
  const begun = process.cpuUsage();
  for (let at = WARM_UP; at < machines.length; at++) {
    const machine = machines[at];
    if (machine !== undefined) expectHost(index.place(machine));
  }
  const { user, system } = process.cpuUsage(begun);
  return DECISIONS / ((user + system) / 1e6);
}

/** The fleet has room for all; a decision that finds none would be quick and worth nothing. */
function expectHost({ host, message }: Decision): void {
  if (host === undefined) throw new Error(`a machine of the row fits nowhere: ${message}`);
}
