import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { effect } from './effect.ts';
import { VirtfleetError } from './errors.ts';
import { registry } from './metrics.ts';
import { type Right, unrestricted } from './right.ts';

function rightUntil(notAfterMs: number, signal = new AbortController().signal): Right {
  return { name: 'lease test/test', notAfterMs: () => notAfterMs, signal };
}

describe('effect', () => {
  test('runs under a living right and hands its deadline on', async () => {
    const notAfterMs = systemClock.boottimeMs() + 60_000;
    expect(await effect('api:tests.ok', rightUntil(notAfterMs), async (gate) => gate)).toEqual({ notAfterMs });
  });

  test.each([
    ['ended', () => rightUntil(systemClock.boottimeMs() - 1)],
    ['given up', () => rightUntil(Number.POSITIVE_INFINITY, AbortSignal.abort(new Error('stopped')))],
  ])('sends nothing when the right was %s', async (_, right) => {
    let sent = false;
    const call = effect('api:tests.late', right(), async () => {
      sent = true;
    });
    await expect(call).rejects.toMatchObject({
      errorClass: 'LeaseLost',
      message: expect.stringContaining('lease test/test'),
    });
    expect(sent).toBe(false);
  });

  test('counts outcomes by class and lets the error through', async () => {
    const error = new VirtfleetError('Conflict', 'Conflict', 'written by somebody else');
    await expect(effect('api:tests.fail', unrestricted, () => Promise.reject(error))).rejects.toBe(error);
    expect(await registry.metrics()).toMatch(
      /virtfleet_effect_duration_seconds_count\{effect="api:tests.fail",outcome="Conflict"\} 1/,
    );
  });
});

describe('crash points', () => {
  const dir = mkdtempSync(join(tmpdir(), 'virtfleet-effect-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('the process dies before the k-th numbered effect', () => {
    const crashLog = join(dir, 'crash.log');
    const script = `
      import { effect } from ${JSON.stringify(new URL('./effect.ts', import.meta.url).href)};
      import { unrestricted } from ${JSON.stringify(new URL('./right.ts', import.meta.url).href)};
      for (const name of ['api:machines.patch', 'api:leases.update', 'libvirt:domain.define', 'libvirt:domain.create'])
        await effect(name, unrestricted, async () => console.log(name));`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { VIRTFLEET_CRASH_AT: '3', VIRTFLEET_CRASH_LOG: crashLog },
      encoding: 'utf8',
    });
    expect(child.stderr).toBe('');
    expect(child.signal).toBe('SIGKILL');
    expect(child.stdout.trim().split('\n')).toEqual([
      'api:machines.patch',
      'api:leases.update',
      'libvirt:domain.define',
    ]);
    expect(readFileSync(crashLog, 'utf8')).toBe(
      '1 api:machines.patch\n2 libvirt:domain.define\n3 libvirt:domain.create\n',
    );
  });

  test.each([
    ['libvirt:domain.define', ['api:machines.patch']],
    ['libvirt:domain.define+1', ['api:machines.patch', 'libvirt:domain.define']],
  ])('it can be named: %s', (at, done) => {
    const script = `
      import { effect } from ${JSON.stringify(new URL('./effect.ts', import.meta.url).href)};
      import { unrestricted } from ${JSON.stringify(new URL('./right.ts', import.meta.url).href)};
      for (const name of ['api:machines.patch', 'libvirt:domain.define', 'libvirt:domain.create', 'libvirt:domain.define'])
        await effect(name, unrestricted, async () => console.log(name));`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { VIRTFLEET_CRASH_AT: at },
      encoding: 'utf8',
    });
    expect(child.signal).toBe('SIGKILL');
    expect(child.stdout.trim().split('\n')).toEqual(done);
  });
});
