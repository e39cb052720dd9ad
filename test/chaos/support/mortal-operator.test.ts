import { expect, test } from 'vitest';
import { pointsOf } from './mortal-operator.ts';

test('a point is an effect’s name and its turn among those of that name; counters are none', () => {
  const effects = [
    'api:a.patch',
    'api:hosts/status.patch',
    'libvirt:b.define',
    'api:a.patch',
    'api:storagepools.patch',
  ];
  expect(pointsOf(effects)).toEqual(['api:a.patch#1', 'libvirt:b.define#1', 'api:a.patch#2']);
  expect(pointsOf([])).toEqual([]);
});
