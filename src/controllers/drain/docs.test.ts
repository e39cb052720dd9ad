import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blockingDrainReasons, hostDrainReasons } from '#api/v1alpha1/host-drain.ts';

test('docs/maintenance.md tells of each reason, and of no other', () => {
  const page = readFileSync(new URL('../../../docs/maintenance.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (Waiting|Off|Blocked) \| `([A-Za-z]+)` \|/gm)];
  expect(rows.map(([, , reason]) => reason).sort()).toEqual(Object.keys(hostDrainReasons).sort());
  const blocked = rows.flatMap(([, state, reason]) => (state === 'Blocked' ? [reason] : []));
  expect(blocked.sort()).toEqual([...blockingDrainReasons].sort());
});
