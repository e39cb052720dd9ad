/** Whose a domain is: what is not ours is left alone, what was ours once is never made beside. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  clearWorld,
  client,
  eventsOf,
  get,
  gone,
  line,
  namespace,
  placeOf,
  prepareWorld,
  ready,
  reason,
  rig,
  small,
  sound,
} from './support/world.ts';

beforeAll(prepareWorld);
afterAll(() => clearWorld());

/** A domain that somebody made by hand, on every host, for the scheduler may choose any. */
async function defineForeign(name: string): Promise<void> {
  const xml = `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><os><type>hvm</type></os></domain>`;
  for (const { name: host } of rig.hosts) {
    await rig.exec(host, ['sh', '-c', 'printf %s "$1" > /run/foreign.xml', 'sh', xml]);
    await rig.virsh(host, 'define', '/run/foreign.xml');
  }
}

test('a domain of the same name that is not ours is left alone, and the condition says what collides', async () => {
  const name = `${namespace}_collides`;
  await defineForeign(name);
  try {
    await apply(virtualMachineKind, 'collides', small());
    const stalled = await reason('collides', 'Stalled', 'NameCollision');
    expect(stalled.status?.message).toContain(name);
    const host = stalled.status?.host?.name ?? '';
    expect(await rig.virsh(host, 'domstate', name)).toContain('shut off');
    await sound();
  } finally {
    for (const { name: host } of rig.hosts) await rig.virsh(host, 'undefine', name);
  }
  // Woken by that, and not a minute later.
  await ready('collides', 40_000);
  await sound();
});

test('a machine that is made anew under the name of one that still exists is not made beside it', async () => {
  await apply(virtualMachineKind, 'twin', small());
  const first = await ready('twin');
  const old = placeOf(first);
  await line('twin', /^ready /);
  // As after a careless restore: the object goes without its finalizer, the machine stays.
  await client.patchByUid(
    unrestricted,
    virtualMachineKind,
    { namespace, name: 'twin', uid: first.metadata.uid },
    { metadata: { finalizers: null } },
  );
  await gone(virtualMachineKind, 'twin');

  await apply(virtualMachineKind, 'twin', small());
  const stalled = await reason('twin', 'Stalled', 'IdentityConflict');
  expect(stalled.status?.message).toContain(`spec.uuid to ${old.uuid}`);
  expect(stalled.status?.uuid).toBeUndefined();
  for (const { name: host } of rig.hosts) {
    const domains = (await rig.virsh(host, 'list', '--all', '--name')).split('\n').filter((n) => n.includes('_twin'));
    expect(domains.length, `domains on ${host}`).toBe(host === old.host ? 1 : 0);
  }

  await apply(virtualMachineKind, 'twin', small({ uuid: old.uuid }));
  const mended = await ready('twin');
  expect(placeOf(mended)).toEqual(old);
  expect(mended.metadata.uid).not.toBe(first.metadata.uid);
  expect(await eventsOf(mended.metadata.uid)).toContain('TakenOver');
  expect(mended.status?.volumes?.[0]?.volumeName, 'its disk is the old one').toBe(
    first.status?.volumes?.[0]?.volumeName,
  );
  expect(await rig.console(namespace, 'twin'), 'it ran on meanwhile').not.toMatch(/^boots 2/m);
  await sound();
});

test('another object cannot take over a machine of another name by its UUID', async () => {
  const twin = await get(virtualMachineKind, 'twin');
  const uuid = twin?.status?.uuid;
  await apply(virtualMachineKind, 'thief', small({ uuid }));
  const refused = await reason('thief', 'Stalled', 'UUIDInUse');
  expect(refused.status?.host).toBeUndefined();
  await sound();
  await gone(virtualMachineKind, 'thief');
  await ready('twin');
});
