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

function describe(group: readonly HostRejection[]): { message: string; nearest?: string[] } {
  const count = group.length;
  const [first] = group;
  if (first === undefined) return { message: '' };
  const { shortfall } = first.rejection;
  if (shortfall === undefined) {
    return { message: `${count} ${count === 1 ? first.rejection.singular : first.rejection.plural}` };
  }
  const byAmount = [...group].sort(
    (a, b) => (a.rejection.shortfall?.amount ?? 0) - (b.rejection.shortfall?.amount ?? 0) || (a.host < b.host ? -1 : 1),
  );
  const least = byAmount[0]?.rejection.shortfall ?? shortfall;
  const most = byAmount.at(-1)?.rejection.shortfall ?? shortfall;
  const nearest = byAmount
    .filter(({ rejection }) => rejection.shortfall?.amount === least.amount)
    .slice(0, MAX_NEAREST)
    .map(({ host }) => host);
  const verb = count === 1 ? 'lacks' : 'lack';
  const where = shortfall.unit === 'cpuMilli' ? '' : ` ${shortfall.where}`;
  const amount = formatAmount(least);
  const differs = formatAmount(most) !== amount;
  const message = differs
    ? `${count} ${verb} ${amount}${where} or more (nearest: ${nearest.join(', ')})`
    : `${count} ${verb} ${amount}${where}`;
  return { message, nearest };
}

/** One group for each different reason, the largest first. */
export function groupRejections(rejections: readonly HostRejection[]): RejectedGroup[] {
  const groups = new Map<string, HostRejection[]>();
  for (const entry of rejections) {
    const key = `${entry.filter}\n${entry.rejection.singular}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()]
    .map((group) => ({ filter: group[0]?.filter ?? '', count: group.length, ...describe(group) }))
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
  Ready: 'See the conditions of those hosts',
  InSight: 'It goes on when they are back',
  Schedulable: 'Take spec.unschedulable off a host, or add one',
  PinnedHost: 'Name volumes that are on one host',
  Architecture: 'Add a host of that architecture, or leave spec.architecture out in a new machine',
  Hypervisor: 'Add a host that has it, or choose another spec.hypervisor in a new machine',
  HostSelector: 'Correct spec.scheduling.hostSelector, or label a host',
  Taints: 'Give the machine a toleration, or take the taint off a host',
  MachineType: 'Choose a machineType that virsh capabilities lists on a host, or leave it out in a new machine',
  Firmware: 'Choose another firmware in a new machine, or add a host that has it',
  CPUModel: 'Ask for a CPU that a host has, or for mode Baseline',
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
