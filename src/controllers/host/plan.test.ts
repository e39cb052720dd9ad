import { describe, expect, test } from 'vitest';
import { type HostInput, judgeOwnership, planHost, type Tombstone } from './plan.ts';

const OURS = 'fleet-a';
const UUID = '11111111-2222-3333-4444-555555555555';
const tombstone: Tombstone = { uuid: 'u', namespace: 'team', name: 'old', incarnation: 2 };

/** A host that answers, is claimed and marked, and has nothing left to do. */
function host(change: Partial<HostInput> = {}): HostInput {
  return {
    isDeleting: false,
    fleet: OURS,
    obstacle: null,
    duplicateOf: null,
    state: 'Ready',
    inSight: true,
    facts: { hostUUID: UUID, claim: OURS, bootMark: 'vf-boot-1' },
    expectedHostUUID: UUID,
    recordedHostUUID: UUID,
    machines: [],
    tombstones: [],
    isForgotten: false,
    leftovers: [],
    ...change,
  };
}
const facts = (change: Partial<NonNullable<HostInput['facts']>>): HostInput['facts'] => ({
  hostUUID: UUID,
  claim: OURS,
  bootMark: 'vf-boot-1',
  ...change,
});

describe('planHost', () => {
  const cases: [string, Partial<HostInput>, string][] = [
    ['nothing to do', {}, 'Settled'],
    ['a refused URI: nothing is sent', { obstacle: { reason: 'InvalidURI', message: 'no' } }, 'Disconnect'],
    ['the same machine as an older Host', { duplicateOf: 'h1' }, 'Disconnect'],
    ['not in the pool yet', { state: null, facts: null, inSight: false }, 'Connect'],
    ['dialling', { state: 'Connecting', facts: null, inSight: false }, 'Settled'],
    [
      'lost: its last facts are no reason to act',
      { state: 'Lost', inSight: false, facts: facts({ claim: null }) },
      'Settled',
    ],
    ['another machine answers', { facts: facts({ hostUUID: 'other' }) }, 'HandsOff'],
    ['another fleet was first', { facts: facts({ claim: 'fleet-b' }) }, 'HandsOff'],
    [
      'first contact: the UUID is pinned before the claim',
      { recordedHostUUID: null, expectedHostUUID: null, facts: facts({ claim: null, bootMark: null }) },
      'Pin',
    ],
    ['pinned, not claimed', { facts: facts({ claim: null, bootMark: null }) }, 'Claim'],
    ['rebooted: the mark is gone', { facts: facts({ bootMark: null }) }, 'MarkBoot'],
    ['back with an abandoned machine on it', { tombstones: [tombstone] }, 'Sweep'],
    ['tombstone, but not listed yet', { tombstones: [tombstone], inSight: false }, 'Settled'],
    [
      'tombstone on a host of another fleet',
      { tombstones: [tombstone], facts: facts({ claim: 'fleet-b' }) },
      'HandsOff',
    ],
    ['deleted with machines', { isDeleting: true, machines: ['team/web'] }, 'Blocked'],
    [
      'deleted, machines and a tombstone: swept meanwhile',
      { isDeleting: true, machines: ['a/b'], tombstones: [tombstone] },
      'Sweep',
    ],
    [
      'deleted, unreachable, with a tombstone: never forgotten',
      { isDeleting: true, state: 'Lost', inSight: false, tombstones: [tombstone] },
      'Blocked',
    ],
    ['deleted, its pools are being taken away', { isDeleting: true, leftovers: ['pool local'] }, 'Blocked'],
    [
      'deleted, unreachable, its pools stay',
      { isDeleting: true, state: 'Lost', inSight: false, leftovers: ['pool local'] },
      'Forget',
    ],
    ['deleted, reachable, empty', { isDeleting: true }, 'Release'],
    ['deleted, the claim is gone', { isDeleting: true, facts: facts({ claim: null }) }, 'Forget'],
    ['deleted and released', { isDeleting: true, facts: facts({ claim: null, bootMark: null }) }, 'Forget'],
    ['deleted, unreachable, empty', { isDeleting: true, state: 'Lost', inSight: false }, 'Forget'],
    [
      'deleted, not dialled by this process yet',
      { isDeleting: true, state: null, facts: null, inSight: false },
      'Connect',
    ],
    ['deleted, being dialled', { isDeleting: true, state: 'Connecting', facts: null, inSight: false }, 'Settled'],
    [
      'deleted, its URI is refused',
      { isDeleting: true, state: null, facts: null, inSight: false, obstacle: { reason: 'InvalidURI', message: 'no' } },
      'Forget',
    ],
    [
      'deleted, its Secret is gone, and a machine is on it',
      { isDeleting: true, state: null, obstacle: { reason: 'SecretMissing', message: 'no' }, machines: ['a/b'] },
      'Blocked',
    ],
    [
      'deleted, of another fleet: its claim is left alone',
      { isDeleting: true, facts: facts({ claim: 'fleet-b' }) },
      'Forget',
    ],
    [
      'deleted, the URI reaches another machine: left alone',
      { isDeleting: true, facts: facts({ hostUUID: 'other' }) },
      'Forget',
    ],
    [
      'deleted, gone for good, and its tombstones forgotten by name',
      { isDeleting: true, tombstones: [tombstone], inSight: false, state: 'Lost', isForgotten: true },
      'Forget',
    ],
    [
      'forgotten by name, but it is back: it is swept',
      { isDeleting: true, tombstones: [tombstone], isForgotten: true },
      'Sweep',
    ],
  ];
  test.each(cases)('%s', (_name, change, expected) => {
    expect(planHost(host(change)).kind).toBe(expected);
  });

  test('a blocked deletion names who is on the host', () => {
    const step = planHost(host({ isDeleting: true, machines: ['team/web'], tombstones: [tombstone], inSight: false }));
    expect(step).toEqual({ kind: 'Blocked', machines: ['team/web'], tombstones: ['team/old'], leftovers: [] });
  });
});

describe('judgeOwnership', () => {
  test('UUIDs are compared without case', () => {
    expect(judgeOwnership({ hostUUID: UUID.toUpperCase(), claim: null }, UUID, OURS)).toBeNull();
  });
  test('a changed UUID is said before a foreign claim: it is another machine', () => {
    expect(judgeOwnership({ hostUUID: 'x', claim: 'fleet-b' }, UUID, OURS)?.reason).toBe('HostUUIDChanged');
  });
});
