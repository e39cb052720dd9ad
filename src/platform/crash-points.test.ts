import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CrashPoint } from './crash-points.ts';

/** The numbers, from 1 on, of the effects before which it strikes. */
const strikes = (point: CrashPoint, names: string[]): number[] =>
  names.flatMap((name, i) => (point.isReached(name) ? [i + 1] : []));
const names = ['api:a.patch', 'libvirt:b.define', 'api:a.patch', 'libvirt:c.create', 'api:a.patch'];

test.each([
  ['4', [4]],
  ['9', []],
  ['api:a.patch', [1]],
  ['api:a.patch#2', [3]],
  ['api:a.patch#3', [5]],
  ['api:a.patch#4', []],
  ['api:a.patch+1', [2]],
  ['libvirt:c.create+1', [5]],
  ['libvirt:nothing', []],
  ['', []],
])('%s', (point, expected) => {
  expect(strikes(new CrashPoint(point), names)).toEqual(expected);
});

test('a point in a file may be changed while the process runs, and is counted anew', () => {
  const dir = mkdtempSync(join(tmpdir(), 'virtfleet-crash-point-'));
  try {
    const file = join(dir, 'point');
    const point = new CrashPoint(`@${file}`);
    expect(strikes(point, names)).toEqual([]);
    writeFileSync(file, 'api:a.patch#2\n');
    expect(strikes(point, names)).toEqual([3]);
    writeFileSync(file, 'libvirt:b.define');
    expect(strikes(point, names)).toEqual([2]);
    writeFileSync(file, '');
    expect(strikes(point, names)).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
