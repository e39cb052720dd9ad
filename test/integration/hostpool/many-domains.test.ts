import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { setStamp } from '#hostpool/ensure.ts';
import { unrestricted } from '#platform/right.ts';
import { FLEET, TestPool, until } from './fixture.ts';

const COUNT = 1_000;
const pool = new TestPool();
afterAll(() => pool.close());

/** libvirt's own simulation, inside this process: numbers without machines. */
test('a thousand domains are listed by a few calls, and found by UUID and stamp', async () => {
  const host = await pool.ready(pool.add({ name: 'many', uri: 'test:///default' }));
  const uuids = Array.from({ length: COUNT }, () => randomUUID());
  const xml = (uuid: string): string =>
    `<domain type='test'><name>m-${uuid}</name><uuid>${uuid}</uuid><memory>1024</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>`;
  await host.dedicated(
    'test.defineMany',
    unrestricted,
    async (c, o) => {
      for (const uuid of uuids) await c.domainDefineXMLFlags(xml(uuid), 0, o);
    },
    { changes: true },
  );
  await until('all events to be applied', () => (host.inventory?.domains.size ?? 0) >= COUNT, 30_000);
  const marked = uuids[500] ?? '';
  await setStamp(host, unrestricted, marked, {
    fleet: FLEET,
    namespace: 'ns',
    name: 'one',
    uid: marked,
    incarnation: 1,
    specHash: '',
  });
  const begun = performance.now();
  await host.resync();
  const listedMs = performance.now() - begun;
  expect(host.inventory?.domains.size).toBeGreaterThanOrEqual(COUNT);
  expect(listedMs).toBeLessThan(5_000);
  expect(pool.pool.findByStamp(FLEET, 'ns', 'one').map(({ domain }) => domain.uuid)).toEqual([marked]);
  const looked = performance.now();
  for (const uuid of uuids) expect(pool.pool.findDomain(uuid).length).toBe(1);
  expect(performance.now() - looked).toBeLessThan(500);
});
