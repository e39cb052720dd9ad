/** One domain a machine over all hosts, at most one executing copy, and a status that is true. */
import type { VirtualMachine } from '#api/v1alpha1/index.ts';
import { domainName } from '#libvirt/names.ts';
import { type Expected, type Facts, label, type SeenDomain, type SeenHost, type Violation } from './facts.ts';
import { groupBy } from './group.ts';
import type { Rule } from './invariants.ts';
import { moveOf } from './moves.ts';

interface Placed {
  host: string;
  domain: SeenDomain;
}

export function domainViolations(facts: Facts, expected: Expected): Violation[] {
  const placed = facts.seen.flatMap(({ name, libvirt }) =>
    (libvirt?.domains ?? []).map((domain): Placed => ({ host: name, domain })),
  );
  const ours = placed.filter(({ domain }) => domain.stamp?.fleet === facts.fleet);
  return [
    ...twice(facts, placed, ours, expected),
    ...executingTwice(facts, ours, expected),
    ...withoutOwner(facts, ours, expected),
    ...facts.machines.flatMap((machine) => machineViolations(facts, machine, ours, expected)),
  ];
}

function twice(facts: Facts, placed: Placed[], ours: Placed[], expected: Expected): Violation[] {
  const by = (what: string, among: Placed[], keyOf: (p: Placed) => string): Violation[] =>
    [...groupBy(among, keyOf)].flatMap(([key, group]) =>
      group.length < 2
        ? []
        : [
            {
              rule: 'DomainTwice',
              never: !isMoving(facts, group, expected),
              object: `${what} ${key}`,
              evidence: group
                .map(({ host, domain }) => `${domain.name} (${domain.uuid}, ${domain.power}) on ${host}`)
                .join('; '),
            },
          ],
    );
  return [
    ...by('UUID', placed, ({ domain }) => domain.uuid),
    ...by('stamp of', ours, ({ domain }) => `${domain.stamp?.namespace}/${domain.stamp?.name}`),
    ...by('object', ours, ({ domain }) => domain.stamp?.uid ?? ''),
    ...by('domain name', ours, ({ domain }) => domain.name),
  ];
}

/** By what libvirt says, and by the processes themselves: a libvirtd that is dead does not hide its guests. */
function executingTwice(facts: Facts, ours: Placed[], expected: Expected): Violation[] {
  const active = groupBy(
    ours.filter(({ domain }) => domain.power !== 'Off'),
    ({ domain }) => domain.stamp?.uid ?? '',
  );
  const known = new Set([
    ...facts.machines.flatMap(({ status }) => status?.uuid ?? []),
    ...ours.map(({ domain }) => domain.uuid),
  ]);
  const processes = groupBy(
    facts.processes.filter(({ uuid }) => known.has(uuid)),
    ({ uuid }) => uuid,
  );
  return [
    ...[...active].flatMap(([uid, group]): Violation[] =>
      group.length < 2
        ? []
        : [
            {
              rule: 'ExecutesTwice',
              never: !isMoving(facts, group, expected),
              object: `object ${uid}`,
              evidence: group.map(({ host, domain }) => `${domain.name} is ${domain.power} on ${host}`).join('; '),
            },
          ],
    ),
    ...[...processes].flatMap(([uuid, group]): Violation[] =>
      group.length < 2
        ? []
        : [
            {
              rule: 'ExecutesTwice',
              never: !facts.machines.some(
                (machine) => machine.status?.uuid === uuid && (moveOf(facts, machine) || isRestored(machine, expected)),
              ),
              object: `UUID ${uuid}`,
              evidence: `QEMU processes ${group.map(({ pid }) => pid).join(', ')}`,
            },
          ],
    ),
  ];
}

/** One machine, on the two hosts between which it moves: it must be on one of them when the move has ended. */
function isMoving(facts: Facts, group: Placed[], expected: Expected): boolean {
  const [uid, ...others] = new Set(group.map(({ domain }) => domain.stamp?.uid));
  const machine = facts.machines.find(({ metadata }) => metadata.uid === uid);
  if (machine && isRestored(machine, expected)) return group.length === 2;
  const move = machine && others.length === 0 ? moveOf(facts, machine) : null;
  return move !== null && group.length === 2 && group.every(({ host }) => move.includes(host));
}

const isRestored = (machine: VirtualMachine, { restored }: Expected): boolean =>
  restored?.includes(label(machine)) === true;

function withoutOwner(facts: Facts, ours: Placed[], expected: Expected): Violation[] {
  const uids = new Set(facts.machines.map(({ metadata }) => metadata.uid));
  const buried = new Set(facts.hosts.flatMap(({ status }) => (status?.tombstones ?? []).map(({ uuid }) => uuid)));
  return ours.flatMap(({ host, domain }) =>
    uids.has(domain.stamp?.uid ?? '') || buried.has(domain.uuid) || expected.orphans?.includes(domain.uuid)
      ? []
      : [
          {
            rule: 'DomainWithoutOwner',
            never: false,
            object: `domain ${domain.name}`,
            evidence: `it is ${domain.power} on ${host}, stamped for object ${domain.stamp?.uid}, which does not exist`,
          },
        ],
  );
}

function machineViolations(facts: Facts, machine: VirtualMachine, ours: Placed[], expected: Expected): Violation[] {
  const { status, metadata } = machine;
  const object = `VirtualMachine ${label(machine)}`;
  const found = ours.filter(({ domain }) => domain.stamp?.uid === metadata.uid);
  const broken: Violation[] = [];
  const say = (rule: Rule, never: boolean, evidence: string): number => broken.push({ rule, never, object, evidence });
  for (const { host, domain } of found) {
    if (!status?.host) say('DomainNotRecorded', true, `status names no host, ${domain.name} is on ${host}`);
    else if (status.host.name !== host)
      say(
        'DomainElsewhere',
        !moveOf(facts, machine)?.includes(host) && !isRestored(machine, expected),
        `status says host ${status.host.name}, ${domain.name} is on ${host}`,
      );
    if (status?.uuid && status.uuid !== domain.uuid)
      say('UUIDDiffers', true, `status says ${status.uuid}, the domain is ${domain.uuid}`);
    if (domain.stamp && domain.stamp.incarnation > (status?.incarnation ?? 0))
      say(
        'StampNewer',
        false,
        `incarnation ${domain.stamp.incarnation} in the stamp, ${status?.incarnation} in status`,
      );
    const name = domainName(metadata.namespace ?? '', metadata.name);
    if (domain.name !== name) say('DomainName', true, `it is called ${domain.name}, not ${name}`);
  }
  const host = facts.seen.find(({ name }) => name === status?.host?.name);
  if (host) broken.push(...statusViolations(machine, object, host, found[0]?.domain));
  return broken;
}

/** What status claims of the domain, against the domain. Unknown is never wrong; certain may be. */
function statusViolations(
  machine: VirtualMachine,
  object: string,
  host: SeenHost,
  domain: SeenDomain | undefined,
): Violation[] {
  const is = (type: string) => machine.status?.conditions?.find((condition) => condition.type === type);
  const running = is('Running')?.status;
  const say = (rule: Rule, evidence: string): Violation[] => [{ rule, never: false, object, evidence }];
  if (!host.libvirt) {
    return running === 'True' || running === 'False'
      ? say('FalselyCertain', `Running=${running}, but libvirtd of host ${host.name} does not answer`)
      : [];
  }
  const power = domain?.power ?? 'Off';
  if (running === 'True' && power !== 'Running')
    return say('StatusUntrue', `Running=True, but on ${host.name} it is ${domain ? power : 'not there'}`);
  if (running === 'False' && power === 'Running')
    return say('StatusUntrue', `Running=False (${is('Running')?.reason}), but on ${host.name} it runs`);
  if ((is('Paused')?.status === 'True') !== (power === 'Paused') && running !== 'Unknown')
    return say(
      'StatusUntrue',
      `condition Paused is ${is('Paused')?.status ?? 'absent'}, on ${host.name} it is ${power}`,
    );
  if (is('Provisioned')?.status === 'True' && !domain)
    return say('DomainMissing', `Provisioned=True, but ${host.name} has no domain of it`);
  return [];
}
