import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseBoots, parseStarts, silentMs } from './collect-runs.ts';

const uuid = '226be1d6-d01e-43d6-acac-454ababaab2b';
const started = (time: string): string =>
  `2026-11-21 ${time}+0000: starting up libvirt version: 9.0.0, hostname: h1\nLC_ALL=C \\\n-uuid ${uuid} \\\n-display none \\`;

test('starts are read from the log of QEMU, with their UUID and time, and without those that failed', () => {
  const log = [
    started('14:54:32.481'),
    '2026-11-21T14:54:40.000000Z qemu-system-x86_64: terminating on signal 15',
    '2026-11-21 14:54:40.500+0000: shutting down, reason=destroyed',
    started('14:54:47.563'),
    '2026-11-21 14:54:47.900+0000: shutting down, reason=failed',
    started('14:58:45.934'),
    '2026-11-21 14:58:51.240+0000: shutting down, reason=daemon',
    started('14:59:02.100'),
    started('15:10:00.000'),
    '-incoming defer \\',
    '',
  ].join('\n');
  expect(parseStarts(log)).toEqual([
    { uuid, atMs: Date.UTC(2026, 10, 21, 14, 54, 32, 481), takenBack: false, incoming: false },
    { uuid, atMs: Date.UTC(2026, 10, 21, 14, 58, 45, 934), takenBack: true, incoming: false },
    { uuid, atMs: Date.UTC(2026, 10, 21, 14, 59, 2, 100), takenBack: false, incoming: false },
    { uuid, atMs: Date.UTC(2026, 10, 21, 15, 10), takenBack: false, incoming: true },
  ]);
  expect(parseStarts('')).toEqual([]);
});

test('boots are those of the machine itself, and of no other of its name', () => {
  const console = `boots 1\r\nready web older none\r\nboots 1\r\nready web ${uuid} 10.0.0.5\r\nheartbeat 1 5\r\nready web ${uuid} none\r\n`;
  expect(parseBoots(console, uuid)).toBe(2);
  expect(parseBoots(console, 'other')).toBeNull();
});

test('a guest is silent since its last heartbeat, or since its start when an earlier one printed that', () => {
  const dir = mkdtempSync(join(tmpdir(), 'console-'));
  try {
    const file = join(dir, 'console');
    const ago = (seconds: number) => Date.now() - seconds * 1000;
    writeFileSync(file, 'boots 1\r\nheartbeat 7 5\r\n');
    utimesSync(file, ago(90) / 1000, ago(90) / 1000);
    expect(Math.round((silentMs(file, ago(300)) ?? 0) / 1000)).toBe(90);
    expect(Math.round((silentMs(file, ago(20)) ?? 0) / 1000)).toBe(20);
    writeFileSync(file, 'heartbeat 7 5\r\nSeaBIOS\r\n');
    expect(silentMs(file, ago(300))).toBeNull();
  } finally {
    rmSync(dir, { recursive: true });
  }
});
