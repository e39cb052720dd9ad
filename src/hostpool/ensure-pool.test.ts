import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VirtfleetError } from '#platform/errors.ts';
import { unrestricted } from '#platform/right.ts';
import { refreshPoolContents } from './ensure-pool.ts';
import { mapLibvirtError } from './errors.ts';
import type { Host } from './types.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const refusal = (message: string): VirtfleetError =>
  mapLibvirtError(
    Object.assign(new Error(message), { name: 'LibvirtError', code: 1, domain: 18, level: 2, fn: 'virX' }),
    {
      host: 'h1',
      call: 'pool.refresh',
      changes: true,
    },
  );

/** A host on which so many refreshes are refused. */
function hostThatRefuses(times: number, error: VirtfleetError) {
  const asked: string[] = [];
  const host = {
    change: async (call: string) => {
      asked.push(call);
      if (asked.length <= times) throw error;
    },
    refreshPool: async () => null,
  } as unknown as Host;
  return { host, asked };
}

async function refreshed(host: Host): Promise<unknown> {
  const done = refreshPoolContents(host, unrestricted, 'u').catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  return done;
}

// as libvirt 9.0 says it while virsh vol-clone runs in the pool
const busy = refusal("internal error: pool 'x' has asynchronous jobs running.");

test('a pool in which a volume is being made is read anew when that is over', async () => {
  const { host, asked } = hostThatRefuses(3, busy);
  expect(await refreshed(host)).toBe('changed');
  expect(asked).toHaveLength(4);
});

test('one that stays busy is told, and tried again by whoever asked', async () => {
  const { host, asked } = hostThatRefuses(1_000, busy);
  expect(await refreshed(host)).toMatchObject({ errorClass: 'Transient', reason: 'PoolBusy', host: 'h1' });
  expect(asked.length).toBeLessThan(100);
});

test('what else is refused is not asked again', async () => {
  const { host, asked } = hostThatRefuses(1, refusal('internal error: no'));
  expect(await refreshed(host)).toBeInstanceOf(VirtfleetError);
  expect(asked).toHaveLength(1);
});
