import { expect, test } from 'vitest';
import type { Expected, Facts, SeenHost, SeenRuns } from './facts.ts';
import { invariantOf, invariants } from './invariants.ts';
import { judge } from './judge.ts';
import { copy, disk, domain, fleet, mac, machine, network, soundFacts } from './testing.ts';

const seen = (facts: Facts, name: string): SeenHost & { libvirt: NonNullable<SeenHost['libvirt']> } => {
  const found = facts.seen.find((host) => host.name === name);
  if (!found?.libvirt) throw new Error(`no host ${name}`);
  return { ...found, libvirt: found.libvirt };
};
const web = (facts: Facts): NonNullable<Facts['machines'][number]['status']> => facts.machines[0]?.status ?? {};
const runs = (facts: Facts): SeenRuns => {
  const found = seen(facts, 'h1').runs.get('team/web');
  if (!found) throw new Error('no runs of team/web');
  return found;
};
const setFiles = (facts: Facts, host: string, pool: string, files: string[]): void => {
  (seen(facts, host).poolFiles as Map<string, string[]>).set(pool, files);
};
function setCondition(facts: Facts, type: string, status: 'True' | 'False' | 'Unknown'): void {
  const others = (web(facts).conditions ?? []).filter((c) => c.type !== type);
  web(facts).conditions = [...others, { type, status, reason: type, message: '', lastTransitionTime: '' }];
}
const rules = (facts: Facts, expected?: Expected): string[] => [
  ...new Set(judge(facts, expected).map(({ rule }) => rule)),
];

test('a fleet in which all is well has no violation', () => {
  expect(judge(soundFacts())).toEqual([]);
});

/** One change that breaks the invariant, and the rules that must say so. */
const broken: [what: string, breakIt: (facts: Facts) => void, rules: string[]][] = [
  [
    'the same UUID on two hosts',
    (f) => seen(f, 'h2').libvirt.domains.push(domain({ power: 'Off' })),
    ['DomainTwice', 'DomainElsewhere'],
  ],
  [
    'one object with two domains of different UUID',
    (f) => seen(f, 'h1').libvirt.domains.push(domain({ uuid: 'other', name: 'team_web2', power: 'Off' })),
    ['DomainTwice', 'UUIDDiffers', 'DomainName'],
  ],
  [
    'one name and namespace stamped for two objects',
    (f) => {
      const stamp = { fleet, namespace: 'team', name: 'web', uid: 'older', incarnation: 1, specHash: '' };
      seen(f, 'h2').libvirt.domains.push(domain({ uuid: 'older', power: 'Off', stamp }));
    },
    ['DomainTwice', 'DomainWithoutOwner'],
  ],
  [
    'two copies that execute',
    (f) => seen(f, 'h2').libvirt.domains.push(domain()),
    ['DomainTwice', 'ExecutesTwice', 'DomainElsewhere'],
  ],
  ['two processes of one UUID', (f) => f.processes.push({ uuid: 'uid-web', pid: 101 }), ['ExecutesTwice']],
  [
    'a domain on another host than status says',
    (f) => {
      web(f).host = { name: 'h2', uid: 'uid-h2' };
    },
    ['DomainElsewhere', 'NetworkUnused', 'ReservationWithoutOwner', 'VolumeMissing', 'VolumeWithoutOwner'],
  ],
  [
    'a domain before there is a decision',
    (f) => {
      delete web(f).host;
    },
    ['DomainNotRecorded', 'NetworkUnused', 'ReservationWithoutOwner', 'VolumeWithoutOwner'],
  ],
  [
    'a stamp that is newer than status',
    (f) => {
      web(f).incarnation = 0;
    },
    ['StampNewer'],
  ],
  [
    'a stamped domain whose object is gone',
    (f) => {
      f.machines = [];
    },
    ['DomainWithoutOwner', 'VolumeWithoutOwner', 'NetworkUnused', 'ReservationWithoutOwner'],
  ],
  [
    'Running claimed of a domain that is off',
    (f) => {
      seen(f, 'h1').libvirt.domains.splice(0, 1, domain({ power: 'Off' }));
    },
    ['StatusUntrue'],
  ],
  [
    'Running claimed of a domain that is not there',
    (f) => {
      seen(f, 'h1').libvirt.domains.length = 0;
    },
    ['StatusUntrue'],
  ],
  ['stopped claimed of a domain that runs', (f) => setCondition(f, 'Running', 'False'), ['StatusUntrue']],
  [
    'a paused domain that status does not call paused',
    (f) => {
      setCondition(f, 'Running', 'False');
      seen(f, 'h1').libvirt.domains.splice(0, 1, domain({ power: 'Paused' }));
    },
    ['StatusUntrue'],
  ],
  [
    'Provisioned claimed of nothing',
    (f) => {
      setCondition(f, 'Running', 'False');
      seen(f, 'h1').libvirt.domains.length = 0;
    },
    ['DomainMissing'],
  ],
  [
    'certainty about a host that does not answer',
    (f) => {
      f.seen = f.seen.map((host) => (host.name === 'h1' ? { ...host, libvirt: null } : host));
    },
    ['FalselyCertain'],
  ],
  ['a stranger in a pool', (f) => setFiles(f, 'h2', 'local', [copy, 'left.qcow2']), ['VolumeWithoutOwner']],
  ['a disk on the wrong host', (f) => setFiles(f, 'h2', 'local', [copy, disk]), ['VolumeWithoutOwner']],
  ['a disk that is gone', (f) => setFiles(f, 'h1', 'local', [copy]), ['VolumeMissing']],
  ['an image copy that is gone', (f) => setFiles(f, 'h2', 'local', []), ['VolumeMissing']],
  [
    'a StorageVolume that is gone',
    (f) => {
      for (const host of ['h1', 'h2']) setFiles(f, host, 'shared', []);
    },
    ['VolumeMissing'],
  ],
  [
    'one volume of two machines',
    (f) => {
      const other = machine('other');
      const { status } = other;
      if (status) status.interfaces = [];
      if (status) status.conditions = [];
      f.machines.push(other);
    },
    ['VolumeOwnedTwice'],
  ],
  [
    'an address and a MAC held by two machines',
    (f) => {
      const other = machine('other');
      const { status } = other;
      if (status) status.volumes = [];
      if (status) status.conditions = [];
      f.machines.push(other);
    },
    ['AddressTwice', 'MACTwice'],
  ],
  [
    'a reservation of nobody',
    (f) => seen(f, 'h1').libvirt.networks.at(-1)?.reservations.push({ mac: '02:00:00:00:00:99', ip: '10.0.0.9' }),
    ['ReservationWithoutOwner'],
  ],
  [
    'a reservation with another address than status promises',
    (f) => seen(f, 'h1').libvirt.networks.splice(1, 1, network({ reservations: [{ mac, ip: '10.0.0.6' }] })),
    ['ReservationDiffers', 'ReservationMissing'],
  ],
  [
    'an address reserved twice',
    (f) => seen(f, 'h1').libvirt.networks.at(-1)?.reservations.push({ mac, ip: '10.0.0.5' }),
    ['ReservationTwice'],
  ],
  [
    'an address that is not reserved',
    (f) => seen(f, 'h1').libvirt.networks.splice(1, 1, network({ reservations: [] })),
    ['ReservationMissing'],
  ],
  [
    'a network without its object',
    (f) => {
      f.networks = [];
    },
    ['NetworkWithoutOwner'],
  ],
  [
    'a network without machines',
    (f) => seen(f, 'h2').libvirt.networks.push(network({ reservations: [] })),
    ['NetworkUnused'],
  ],
  [
    'a network that is down under its machines',
    (f) => seen(f, 'h1').libvirt.networks.splice(1, 1, network({ active: false })),
    ['NetworkDown'],
  ],
  [
    'a machine without a finalizer',
    (f) => {
      for (const { metadata } of f.machines) delete metadata.finalizers;
    },
    ['FinalizerMissing'],
  ],
  [
    'a deletion that does not end',
    (f) => {
      for (const { metadata } of f.volumes) metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
    },
    ['DeletionUnfinished'],
  ],
  ['a host without its claim', (f) => seen(f, 'h2').libvirt.networks.splice(0, 1), ['ClaimMissing']],
  [
    'a tombstone on a host that is back',
    (f) => {
      const [host] = f.hosts;
      const since = '2026-01-01T00:00:00Z';
      if (host?.status) host.status.tombstones = [{ uuid: 'x', incarnation: 1, namespace: 'team', name: 'old', since }];
    },
    ['TombstoneUnswept'],
  ],
  [
    'one run that was started twice',
    (f) =>
      runs(f).starts.push({
        uuid: 'uid-web',
        atMs: Date.parse('2026-01-01T00:00:09Z'),
        takenBack: false,
        incoming: false,
      }),
    ['StartedTwice'],
  ],
  [
    'a guest that booted more often than it was started',
    (f) => {
      runs(f).boots = 2;
    },
    ['BootedTwice'],
  ],
  [
    'a guest that is said to run, and is silent',
    (f) => {
      runs(f).silentMs = 61_000;
    },
    ['GuestSilent'],
  ],
  [
    "an address that is leased to another's MAC",
    (f) => seen(f, 'h1').libvirt.networks.at(-1)?.leases.push({ mac: '02:00:00:00:00:99', ip: '10.0.0.5' }),
    ['LeaseForeign'],
  ],
  [
    'a job whose object is gone',
    (f) =>
      f.queue?.jobs.push({
        id: 'j',
        state: 'waiting',
        object: { kind: 'VirtualMachineImage', name: 'x', uid: 'gone' },
      }),
    ['JobWithoutOwner'],
  ],
  [
    'a job that ended and was kept',
    (f) =>
      f.queue?.jobs.push({
        id: 'j',
        state: 'failed',
        object: { kind: 'VirtualMachineImage', namespace: 'team', name: 'tiny', uid: 'uid-tiny' },
      }),
    ['JobKept'],
  ],
  ['a lock of no job', (f) => f.queue?.strayKeys.push('virtfleet:ImageFetch:j:lock'), ['JobKeyLeft']],
];

test('each rule has a case that breaks it', () => {
  const told = new Set(broken.flatMap(([, , names]) => names));
  expect(Object.keys(invariantOf).filter((rule) => !told.has(rule))).toEqual([]);
});

test('each invariant has a rule', () => {
  const covered = new Set<string>(Object.values(invariantOf));
  expect(Object.keys(invariants).filter((name) => !covered.has(name))).toEqual([]);
});

test('a reset that was asked for may boot the guest once', () => {
  const facts = soundFacts();
  runs(facts).boots = 2;
  const reset = { metadata: { namespace: 'team', name: 'r', uid: 'r' }, spec: { machineName: 'web', type: 'Reset' } };
  facts.operations.push(reset as Facts['operations'][number]);
  expect(judge(facts)).toEqual([]);
  runs(facts).boots = 3;
  expect(rules(facts)).toEqual(['BootedTwice']);
  expect(rules(facts, { restarted: ['team/web'] })).toEqual([]);
});

test('on the two hosts between which it moves a machine may be seen, as long as it moves', () => {
  const facts = soundFacts();
  seen(facts, 'h2').libvirt.domains.push(domain({ power: 'Paused' }));
  facts.processes.push({ uuid: 'uid-web', pid: 101 });
  const worst = (): string[] => judge(facts).flatMap(({ rule, never }) => (never ? [rule] : []));
  expect(worst()).not.toEqual([]);
  const [source, target] = ['h1', 'h2'].map((name) => ({ name, uid: `uid-${name}` }));
  web(facts).migration = { name: 'm', uid: 'm', phase: 'Prepared', ...(source && target ? { source, target } : {}) };
  expect(worst()).toEqual([]);
  expect(rules(facts), 'and it has to pass').toContain('DomainTwice');
  web(facts).migration = { name: 'm', uid: 'm', phase: 'Prepared', ...(source ? { source, target: source } : {}) };
  expect(worst(), 'a third host is none of its two').toContain('DomainTwice');
});

test('a machine that another host has sent was not started here', () => {
  const facts = soundFacts();
  const back = { uuid: 'uid-web', atMs: Date.parse('2026-01-01T00:00:09Z'), takenBack: false, incoming: true };
  runs(facts).starts.push(back);
  expect(judge(facts)).toEqual([]);
});

test.each(broken)('%s is told', (_, breakIt, expected) => {
  const facts = soundFacts();
  breakIt(facts);
  expect(rules(facts).toSorted()).toEqual(expected.toSorted());
});

test('what may never be seen is told apart from what may pass', () => {
  const facts = soundFacts();
  facts.processes.push({ uuid: 'uid-web', pid: 101 });
  setFiles(facts, 'h2', 'local', [copy, 'left.qcow2']);
  expect(judge(facts).map(({ rule, never }) => [rule, never])).toEqual([
    ['ExecutesTwice', true],
    ['VolumeWithoutOwner', false],
  ]);
});

test('what was left on purpose is no violation', () => {
  const facts = soundFacts();
  setFiles(facts, 'h2', 'local', [copy, 'kept.qcow2']);
  const stamp = { fleet, namespace: 'team', name: 'old', uid: 'old', incarnation: 1, specHash: '' };
  seen(facts, 'h2').libvirt.domains.push(domain({ uuid: 'old', name: 'team_old', power: 'Off', stamp }));
  expect(rules(facts)).toEqual(['DomainWithoutOwner', 'VolumeWithoutOwner']);
  expect(rules(facts, { files: ['kept.qcow2'], orphans: ['old'] })).toEqual([]);
});

test('the disks of a domain that is not ours belong to it', () => {
  const facts = soundFacts();
  setFiles(facts, 'h2', 'local', [copy, 'theirs.qcow2']);
  const files = ['/pool/theirs.qcow2'];
  seen(facts, 'h2').libvirt.domains.push(domain({ uuid: 'theirs', name: 'theirs', stamp: null, files }));
  expect(judge(facts)).toEqual([]);
});

test('Unknown is never a false claim', () => {
  const facts = soundFacts();
  for (const type of ['Ready', 'Running', 'Provisioned']) setCondition(facts, type, 'Unknown');
  for (const host of facts.hosts) if (host.status) host.status.conditions = [];
  facts.seen = facts.seen.map((host) => ({ ...host, libvirt: null }));
  expect(judge(facts)).toEqual([]);
});
