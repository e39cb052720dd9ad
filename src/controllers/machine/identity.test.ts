import { describe, expect, test } from 'vitest';
import type { Stamp } from '#libvirt/stamp.ts';
import { type IdentityInput, type Located, locate, type Sighting } from './identity.ts';

const UID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';

const stamp = (over: Partial<Stamp> = {}): Stamp => ({
  fleet: 'fleet',
  namespace: 'lab',
  name: 'web',
  uid: UID,
  incarnation: 1,
  specHash: 'h',
  ...over,
});
const seen = (over: Partial<Sighting> = {}): Sighting => ({
  host: 'h1',
  hostUid: 'u1',
  inSight: true,
  domainUuid: UID,
  domainName: 'lab_web',
  active: false,
  paused: false,
  stamp: stamp(),
  ...over,
});
const input = (over: Partial<IdentityInput> = {}): IdentityInput => ({
  fleet: 'fleet',
  namespace: 'lab',
  name: 'web',
  uid: UID,
  createdAt: 1_000,
  specUuid: undefined,
  recorded: null,
  sightings: [],
  outOfSight: [],
  ...over,
});
const recorded = { uuid: UID, host: 'h1', hostUid: 'u1', incarnation: 1 };

describe('locate', () => {
  const table: [string, Partial<IdentityInput>, Located['kind']][] = [
    ['a new machine that nobody has seen may be placed', {}, 'New'],
    [
      'a host that was never listed may hide an older machine',
      { outOfSight: [{ name: 'h2', lastInventoryAt: null }] },
      'Hidden',
    ],
    [
      'a host listed after the machine was made, then lost, may hold it',
      { outOfSight: [{ name: 'h2', lastInventoryAt: 2_000 }] },
      'Hidden',
    ],
    [
      'a host lost before the machine was made cannot hold it',
      { outOfSight: [{ name: 'h2', lastInventoryAt: 500 }] },
      'New',
    ],
    [
      'nor can any, when this process alone could have decided and did not',
      { outOfSight: [{ name: 'h2', lastInventoryAt: 2_000 }], isNewHere: true },
      'New',
    ],
    [
      'a UUID that the user names may be on it all the same',
      { outOfSight: [{ name: 'h2', lastInventoryAt: 2_000 }], isNewHere: true, specUuid: 'x' },
      'Hidden',
    ],
    [
      'a UUID that the user names may be on a host that was lost before',
      { outOfSight: [{ name: 'h2', lastInventoryAt: 500 }], specUuid: OTHER },
      'Hidden',
    ],
    ['status lost: the stamp on the host is believed', { sightings: [seen()] }, 'Believe'],
    [
      're-created by GitOps: the namesake is not made a second time',
      { sightings: [seen({ domainUuid: OTHER, stamp: stamp({ uid: OTHER }) })] },
      'IdentityConflict',
    ],
    [
      'spec.uuid takes the namesake over',
      { specUuid: OTHER, sightings: [seen({ domainUuid: OTHER, stamp: stamp({ uid: OTHER }) })] },
      'Believe',
    ],
    [
      'spec.uuid never takes another tenant’s machine',
      { specUuid: OTHER, sightings: [seen({ domainUuid: OTHER, stamp: stamp({ uid: OTHER, namespace: 'x' }) })] },
      'UuidInUse',
    ],
    ['a domain of our UUID without a stamp is not ours', { sightings: [seen({ stamp: null })] }, 'UuidInUse'],
    ['a domain of another fleet is not ours', { sightings: [seen({ stamp: stamp({ fleet: 'x' }) })] }, 'UuidInUse'],
    ['where the decision says', { recorded, sightings: [seen()] }, 'Present'],
    ['gone from its host', { recorded }, 'Absent'],
    ['its host cannot be seen', { recorded, outOfSight: [{ name: 'h1', lastInventoryAt: 2_000 }] }, 'HostOutOfSight'],
    [
      'rolled back status: a newer stamp elsewhere is believed',
      { recorded, sightings: [seen({ host: 'h2', stamp: stamp({ incarnation: 2 }) })] },
      'Believe',
    ],
    [
      'an old definition elsewhere stops everything',
      { recorded: { ...recorded, incarnation: 3 }, sightings: [seen({ host: 'h2' })] },
      'StaleCopy',
    ],
    [
      'moved by hand: the only copy there is is believed',
      { recorded, sightings: [seen({ host: 'h2', hostUid: 'u2', active: true })] },
      'Believe',
    ],
    [
      'being moved by hand: nothing is done to either copy',
      { recorded, sightings: [seen({ active: true }), seen({ host: 'h2', hostUid: 'u2' })] },
      'StaleCopy',
    ],
    ['its Host was made anew under the same name', { recorded, sightings: [seen({ hostUid: 'u9' })] }, 'Believe'],
    [
      'a newer stamp on its own host is believed',
      { recorded, sightings: [seen({ stamp: stamp({ incarnation: 2 }) })] },
      'Believe',
    ],
    [
      'two running copies are never resolved by us',
      { recorded, sightings: [seen({ active: true }), seen({ host: 'h2', active: true })] },
      'SplitBrain',
    ],
  ];
  test.each(table)('%s', (_, over, kind) => {
    expect(locate(input(over)).kind).toBe(kind);
  });

  test('what is believed carries host and incarnation of the stamp', () => {
    const located = locate(
      input({ recorded, sightings: [seen({ host: 'h2', hostUid: 'u2', stamp: stamp({ incarnation: 7 }) })] }),
    );
    expect(located).toMatchObject({
      kind: 'Believe',
      incarnation: 7,
      why: 'StatusBehind',
      sighting: { host: 'h2', hostUid: 'u2' },
    });
  });

  test('an absent machine names the hosts that may hide it', () => {
    const located = locate(input({ recorded, outOfSight: [{ name: 'h3', lastInventoryAt: null }] }));
    expect(located).toEqual({ kind: 'Absent', hiddenHosts: ['h3'] });
  });
});

test('a UUID that the user names is looked for everywhere before it is placed, not after', () => {
  const over: Partial<IdentityInput> = { specUuid: UID, outOfSight: [{ name: 'h2', lastInventoryAt: 500 }] };
  expect(locate(input(over))).toEqual({ kind: 'Hidden', hosts: ['h2'], own: [] });
  expect(locate(input({ ...over, recorded }))).toEqual({ kind: 'Absent', hiddenHosts: [] });
});

describe('locate while a move stands in status', () => {
  const move = { source: { name: 'h1', uid: 'u1' }, target: { name: 'h2', uid: 'u2' }, incarnation: 2 };
  const at = (host: string, over: Partial<Sighting> = {}): Sighting =>
    seen({ host, hostUid: host.replace('h', 'u'), ...over });
  const arrived = { stamp: stamp({ incarnation: 2 }) };
  const runs = { active: true };
  const stands = { active: true, paused: true };
  const lost = (name: string) => ({ name, lastInventoryAt: 2_000 });
  const look = (over: Partial<IdentityInput>): Located => locate(input({ recorded, move, ...over }));

  /** What is seen, and on which host the machine is taken to be (null: nobody knows). */
  const table: [string, Partial<IdentityInput>, string | null][] = [
    ['nothing was done yet', { sightings: [at('h1', runs)] }, 'h1'],
    ['memory is being sent', { sightings: [at('h1', runs), at('h2', { ...stands, ...arrived })] }, 'h1'],
    ['handed over', { sightings: [at('h1', stands), at('h2', { ...runs, ...arrived })] }, 'h2'],
    ['both stand still between', { sightings: [at('h1', stands), at('h2', { ...stands, ...arrived })] }, 'h1'],
    ['the source is gone', { sightings: [at('h2', { ...runs, ...arrived })] }, 'h2'],
    ['handed over paused, not let go on yet', { sightings: [at('h2', { ...stands, ...arrived })] }, 'h2'],
    ['the source is off, and still defined', { sightings: [at('h1'), at('h2', { ...runs, ...arrived })] }, 'h2'],
    ['both are defined, and off', { sightings: [at('h1'), at('h2', arrived)] }, 'h1'],
    ['off, and only at the target', { sightings: [at('h2', arrived)] }, 'h2'],
    ['on neither', {}, null],
    ['the target is out of sight, the source runs', { sightings: [at('h1', runs)], outOfSight: [lost('h2')] }, 'h1'],
    [
      'the target is out of sight, the source stands',
      { sightings: [at('h1', stands)], outOfSight: [lost('h2')] },
      null,
    ],
    ['the target is out of sight, the source is off', { sightings: [at('h1')], outOfSight: [lost('h2')] }, null],
    ['the source is out of sight, the target runs', { sightings: [at('h2', runs)], outOfSight: [lost('h1')] }, 'h2'],
    [
      'the source is out of sight and was seen running, the target runs',
      { sightings: [at('h1', { ...runs, inSight: false }), at('h2', runs)], outOfSight: [lost('h1')] },
      'h2',
    ],
    ['both are out of sight', { outOfSight: [lost('h1'), lost('h2')] }, null],
    ['a third host is out of sight', { sightings: [at('h1', runs)], outOfSight: [lost('h3')] }, 'h1'],
  ];
  test.each(table)('%s', (_, over, host) => {
    const located = look(over);
    expect(located.kind).toBe('Migrating');
    expect(located.kind === 'Migrating' ? (located.at?.host ?? null) : undefined).toBe(host);
  });

  const others: [string, Partial<IdentityInput>, Located['kind']][] = [
    ['both run: nothing is done', { sightings: [at('h1', runs), at('h2', { ...runs, ...arrived })] }, 'SplitBrain'],
    ['a third host has a process of it', { sightings: [at('h1', runs), at('h3', stands)] }, 'SplitBrain'],
    ['only a third host has a process of it', { sightings: [at('h1'), at('h3', runs)] }, 'SplitBrain'],
    ['a third host has an old definition', { sightings: [at('h1', runs), at('h3')] }, 'StaleCopy'],
    [
      'status was rolled back to a move that was over long ago',
      { sightings: [at('h3', { stamp: stamp({ incarnation: 3 }) })] },
      'Believe',
    ],
    [
      'somebody else has its UUID at the target',
      { sightings: [at('h1', runs), at('h2', { stamp: null })] },
      'UuidInUse',
    ],
  ];
  test.each(others)('%s', (_, over, kind) => {
    expect(look(over).kind).toBe(kind);
  });

  test('what a host out of sight had is not told as what it has', () => {
    const located = look({
      sightings: [at('h1', runs), at('h2', { ...stands, inSight: false })],
      outOfSight: [lost('h2')],
    });
    expect(located).toMatchObject({ source: { host: 'h1' }, target: null, hidden: ['h2'] });
  });

  describe('and when the record of it was lost with a restored etcd', () => {
    const forgotten: [string, Sighting[], Located['kind']][] = [
      ['before the target has it', [at('h1', runs)], 'Present'],
      ['while it is sent', [at('h1', runs), at('h2', { ...stands, ...arrived })], 'SplitBrain'],
      ['while both stand still', [at('h1', stands), at('h2', { ...stands, ...arrived })], 'SplitBrain'],
      ['after it was handed over', [at('h1', stands), at('h2', { ...runs, ...arrived })], 'SplitBrain'],
      ['when only the definition is left at the source', [at('h1'), at('h2', { ...runs, ...arrived })], 'Believe'],
      ['when it is over', [at('h2', { ...runs, ...arrived })], 'Believe'],
      ['off, and defined on both', [at('h1'), at('h2', arrived)], 'Believe'],
    ];
    test.each(forgotten)('nothing dangerous follows: %s', (_, sightings, kind) => {
      expect(look({ move: null, sightings }).kind).toBe(kind);
    });
  });
});
