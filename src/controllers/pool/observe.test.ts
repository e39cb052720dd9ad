import { expect, test } from 'vitest';
import type { Host } from '#api/v1alpha1/host.ts';
import { type StoragePool, storagePoolSpec } from '#api/v1alpha1/storage-pool.ts';
import { mayHave } from './observe.ts';

const host = (
  over: { labels?: Record<string, string>; hostUUID?: string } = {},
): Pick<Host, 'metadata' | 'status'> => ({
  metadata: { name: 'h1', uid: 'u1', resourceVersion: '1', labels: over.labels ?? {} },
  status: over.hostUUID === undefined ? {} : { hostUUID: over.hostUUID },
});
const pool = (
  over: { matchLabels?: Record<string, string>; hosts?: string[] } = {},
): Pick<StoragePool, 'spec' | 'status'> => ({
  spec: storagePoolSpec.parse({
    type: 'Dir',
    targetPath: '/srv/vm',
    ...(over.matchLabels ? { hostSelector: { matchLabels: over.matchLabels } } : {}),
  }),
  status: { hosts: (over.hosts ?? []).map((name) => ({ name, state: 'Running' as const })) },
});
const hostUUID = '0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f';

// The operator is started anew while a pool is being deleted: before its hosts were listed, nobody knows that it is gone.
test.each([
  ['a selected host that was ours before', host({ hostUUID }), pool(), true],
  ['the same, and status says nothing of it: the last process died before it could', host({ hostUUID }), pool(), true],
  [
    'a host that was recorded and is not selected any more',
    host({ hostUUID }),
    pool({ matchLabels: { a: 'b' }, hosts: ['h1'] }),
    true,
  ],
  ['a host that is not selected, and never was', host({ hostUUID }), pool({ matchLabels: { a: 'b' } }), false],
  ['a host that was never reached', host(), pool(), false],
])('%s may have the pool: %#', (_, on, object, expected) => {
  expect(mayHave(on, object)).toBe(expected);
});
