import { describe } from 'vitest';
import { absent, check, fresh, off, sighting } from './testing-plan.ts';

const anothers = { fleet: 'f', namespace: 'other', name: 'web', uid: 'o', incarnation: 1, specHash: 'x' };

describe('deletion', () => {
  const deleting = { deleting: true };
  check([
    ['asks the guest first', deleting, { do: 'Record', decisions: { stop: { reason: 'Deleted' } } as never }],
    ['then erases', { ...deleting, domain: off }, 'Erase'],
    ['Orphan keeps domain and disks', { ...deleting, deletionPolicy: 'Orphan' }, 'Orphan'],
    [
      'and lets go when a crash came after the stamp was removed',
      { ...deleting, deletionPolicy: 'Orphan', located: { kind: 'UuidInUse', sighting }, domain: null },
      'RemoveFinalizer',
    ],
    [
      'else a domain without our stamp is nothing to erase',
      { ...deleting, located: { kind: 'UuidInUse', sighting }, domain: null },
      { do: 'Stall', reason: 'UUIDInUse' },
    ],
    [
      'what was restored with the status of another machine goes, and leaves that one alone',
      { ...deleting, located: { kind: 'UuidInUse', sighting: { ...sighting, stamp: anothers } }, domain: null },
      'RemoveFinalizer',
    ],
    ['a machine that was never made goes at once', { ...fresh, ...deleting, hasFinalizer: true }, 'RemoveFinalizer'],
    ['nothing of ours to keep it', { ...fresh, ...deleting }, 'Settle'],
    [
      'waits for its host',
      { ...deleting, located: { kind: 'HostOutOfSight', host: 'h1' } },
      { do: 'Wait', reason: 'HostUnreachable' },
    ],
    [
      'or is abandoned by name',
      { ...deleting, located: { kind: 'HostOutOfSight', host: 'h1' }, abandoned: true },
      'Bury',
    ],
    [
      'without a host in status it is looked for everywhere',
      { ...fresh, ...deleting, hasFinalizer: true, located: { kind: 'Hidden', hosts: ['h2'], own: ['h2'] } },
      { do: 'Wait', reason: 'HostUnreachable' },
    ],
    [
      'what a host may have of the UUID that it names was not made for it, and does not hold it up',
      { ...fresh, ...deleting, hasFinalizer: true, located: { kind: 'Hidden', hosts: ['h2'], own: [] } },
      'RemoveFinalizer',
    ],
    ['volumes go although the definition is gone', { ...deleting, located: absent, domain: null }, 'Erase'],
    [
      'a namesake’s machine is not ours to erase',
      { ...fresh, ...deleting, hasFinalizer: true, located: { kind: 'IdentityConflict', sighting } },
      'RemoveFinalizer',
    ],
  ]);
});
