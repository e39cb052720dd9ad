import { expect, test } from 'vitest';
import { aMachine, aQuota } from '../machine/testing.ts';
import { quotaStatus, usedBy } from './status.ts';

const host = { name: 'h1', uid: 'u1' };
const now = Date.parse('2026-01-01T00:00:00Z');

test('machines that have a host are counted, with what they were let have', () => {
  const used = usedBy([
    aMachine({ cpu: { cores: 2 } }, { host }),
    aMachine({ cpu: { cores: 8 } }, { host, cpu: { vcpus: 1 }, memory: { bytes: 2 ** 29 } }),
    aMachine({ cpu: { cores: 4 } }, { cpu: { vcpus: 4 } }),
  ]);
  expect(used).toEqual({ cpuMilli: 3000, memoryBytes: 1.5 * 2 ** 30, machines: 2 });
});

test.each([
  [{ cpu: 4 }, 'True', 'WithinQuota'],
  [{ cpu: 3, memory: '1536Mi', machines: 2 }, 'True', 'WithinQuota'],
  [{ cpu: 2 }, 'False', 'AboveQuota'],
  [{ cpu: 4, machines: 1 }, 'False', 'AboveQuota'],
])('%j: %s, %s', (hard, status, reason) => {
  const used = { cpuMilli: 3000, memoryBytes: 1.5 * 2 ** 30, machines: 2 };
  const told = quotaStatus(aQuota('team', hard), used, now);
  expect(told.used).toEqual({ cpu: '3', memory: '1536Mi', machines: 2 });
  expect(told.conditions).toMatchObject([{ type: 'Ready', status, reason }]);
});
