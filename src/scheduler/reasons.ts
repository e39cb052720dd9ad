import type { Rejection, Shortfall } from './filters/index.ts';
import type { RejectedGroup } from './types.ts';

export interface HostRejection {
  host: string;
  filter: string;
  rejection: Rejection;
}

const MAX_NEAREST = 3;

/** "2 GiB", "1.5 CPU": what is missing, rounded up so that the figure is enough. */
export function formatAmount({ amount, unit }: Pick<Shortfall, 'amount' | 'unit'>): string {
  if (unit === 'cpuMilli') return `${Math.ceil(amount / 10) / 100} CPU`;
  if (unit === 'pieces') return String(amount);
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = amount;
  let index = 0;
  while (value >= 1024 && index < units.length - 1) {
    value /= 1024;
    index += 1;
  }
  return `${Math.ceil(value * 10) / 10} ${units[index]}`;
}

/** Hosts that failed for one reason, added one by one: there may be thousands. */
class Group {
  readonly #filter: string;
  readonly #rejection: Rejection;
  #count = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = 0;
  /** Of those that lack the least, the first by name. */
  #nearest: string[] = [];

  constructor({ filter, rejection }: HostRejection) {
    this.#filter = filter;
    this.#rejection = rejection;
  }

  add({ host, rejection: { shortfall } }: HostRejection): void {
    this.#count += 1;
    if (shortfall === undefined) return;
    const { amount } = shortfall;
    this.#most = Math.max(this.#most, amount);
    if (amount > this.#least) return;
    if (amount < this.#least) this.#nearest = [];
    this.#least = amount;
    const last = this.#nearest.at(-1);
    if (this.#nearest.length === MAX_NEAREST && last !== undefined && host > last) return;
    this.#nearest = [...this.#nearest, host].sort().slice(0, MAX_NEAREST);
  }

  told(): RejectedGroup {
    const count = this.#count;
    const { singular, plural, shortfall } = this.#rejection;
    const told = { filter: this.#filter, count };
    if (shortfall === undefined) return { ...told, message: `${count} ${count === 1 ? singular : plural}` };
    const verb = count === 1 ? 'lacks' : 'lack';
    const where = shortfall.unit === 'cpuMilli' ? '' : ` ${shortfall.where}`;
    const amount = formatAmount({ amount: this.#least, unit: shortfall.unit });
    const differs = formatAmount({ amount: this.#most, unit: shortfall.unit }) !== amount;
    const more = differs ? ` or more (nearest: ${this.#nearest.join(', ')})` : '';
    return { ...told, message: `${count} ${verb} ${amount}${where}${more}`, nearest: this.#nearest };
  }
}

/** One group for each different reason, the largest first. */
export function groupRejections(rejections: Iterable<HostRejection>): RejectedGroup[] {
  const groups = new Map<string, Map<string, Group>>();
  for (const entry of rejections) {
    const { filter, rejection } = entry;
    const ofFilter = groups.get(filter) ?? new Map<string, Group>();
    groups.set(filter, ofFilter);
    const group = ofFilter.get(rejection.singular) ?? new Group(entry);
    ofFilter.set(rejection.singular, group);
    group.add(entry);
  }
  return [...groups.values()]
    .flatMap((ofFilter) => [...ofFilter.values()].map((group) => group.told()))
    .sort((a, b) => b.count - a.count || (a.message < b.message ? -1 : 1));
}

const MAX_GROUPS = 6;

/** "Placed on h1 with score 83.2 of 100 (DominantShare 52.1, Balance 15, …)." */
export function placedMessage(host: string, score: number, byScorer: Readonly<Record<string, number>>): string {
  const parts = Object.entries(byScorer).map(([name, points]) => `${name} ${points}`);
  return `Placed on ${host} with score ${score} of 100 (${parts.join(', ')}).`;
}

/** What a person can do about a filter; said of the nearest miss, the filter that is asked last. */
const mends: Readonly<Record<string, string>> = {
  Leaving: 'Add a host',
  Incoming: 'It goes on when one of them has arrived; spec.migration.maxIncoming of a Host says how many',
  Ready: 'See the conditions of those hosts',
  InSight: 'It goes on when they are back',
  Schedulable: 'Take spec.unschedulable off a host, or add one',
  PinnedHost: 'Name volumes that are on one host',
  Architecture: 'Add a host of that architecture, or leave spec.architecture out in a new machine',
  Hypervisor: 'Add a host that has it, or choose another spec.hypervisor in a new machine',
  HostSelector: 'Correct spec.scheduling.hostSelector, or label a host',
  Taints: 'Give the machine a toleration, or take the taint off a host',
  MachineType: 'Choose a spec.machineType that virsh capabilities lists on a host, or leave it out in a new machine',
  Firmware: 'Choose another firmware in a new machine, or add a host that has it',
  CPUModel: 'Give spec.cpu.model (or features) that a host has, see virsh domcapabilities, or use mode Baseline',
  DeviceKind: 'Add a host that offers it',
  Exclusive: 'Ask for another one, or delete the machine that has it',
  Affinity: 'Label the hosts, start the machine beside which it must be, or make the affinity preferred',
  AntiAffinity: 'Add a host, or make the anti-affinity preferred',
  Spread: 'Make room where the fewest of its group are, raise maxSkew, or use ScheduleAnyway',
  Recorded: 'Restart the operator; if it stays, stop and start that machine',
  Devices: 'Stop a machine that has one, or add a host that offers it',
  Cells: 'Stop a machine that has some, ask for fewer, or add a host',
  Network: 'Correct the hostSelector of the network, or label a host',
  StoragePool: 'Choose another pool, make room in it, or start it there',
  CPU: 'Make the machine smaller, make room, or add a host',
  Memory: 'Make the machine smaller, make room, or add a host',
};

/**
 * "4 hosts: 3 lack 2 GiB of memory, 1 has the taint gpu=true. Make the machine smaller, make room, or add a host."
 *
 * @param filterNames in the order in which hosts are asked
 */
export function nowhereMessage(
  hostCount: number,
  groups: readonly RejectedGroup[],
  filterNames: readonly string[],
): string {
  if (hostCount === 0) return 'There is no host in the fleet; add a Host.';
  const shown = groups.slice(0, MAX_GROUPS).map(({ message }) => message);
  const rest = groups.slice(MAX_GROUPS).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) shown.push(`${rest} for other reasons`);
  const nearest = filterNames.findLast((name) => groups.some(({ filter }) => filter === name));
  const mend = nearest === undefined ? undefined : mends[nearest];
  return `${hostCount} ${hostCount === 1 ? 'host' : 'hosts'}: ${shown.join(', ')}.${mend ? ` ${mend}.` : ''}`;
}
