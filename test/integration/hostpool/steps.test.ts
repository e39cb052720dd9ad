import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addReservation,
  createVolume,
  deleteVolume,
  downloadVolume,
  ensureNetwork,
  ensurePool,
  ensureReservation,
  lookupVolume,
  networkXml,
  removeNetwork,
  removePool,
  removeReservation,
  resizeVolume,
  uploadVolume,
} from '#hostpool/ensure.ts';
import type { Host } from '#hostpool/types.ts';
import { bridgeName, gatewayMac } from '#libvirt/names.ts';
import { type NetworkInput, readNetwork } from '#libvirt/network.ts';
import { renderVolume } from '#libvirt/volume.ts';
import { unrestricted } from '#platform/right.ts';
import { type RigClient, rigFromEnv } from '../../rig/client.ts';
import { credentialsOf, FLEET, TestPool } from './fixture.ts';

const MIB = 1024 * 1024;
const pool = new TestPool();
let rig: RigClient;
let host: Host;
beforeAll(async () => {
  rig = rigFromEnv();
  await rig.unclaimHosts();
  host = await pool.ready(pool.add({ uri: rig.host('h1').uris.ssh, credentials: credentialsOf(rig) }));
});
afterAll(() => pool.close());

describe('networks', () => {
  const uid = randomUUID();
  const input: NetworkInput = {
    uuid: uid,
    name: `steps_${uid.slice(0, 8)}`,
    mode: 'NAT',
    bridge: bridgeName(uid),
    mac: gatewayMac(uid),
    ipv4: { gateway: '10.199.7.1', prefix: 24 },
    stamp: { fleet: FLEET, namespace: 'steps', name: 'net', uid },
  };
  afterAll(() => removeNetwork(host, unrestricted, uid));
  const reservations = async (inactive: boolean) =>
    readNetwork((await networkXml(host, uid, { inactive })) ?? '').reservations;

  test('a network is defined, started and set to start with the host, once', async () => {
    expect(await ensureNetwork(host, unrestricted, input)).toBe('changed');
    expect(await ensureNetwork(host, unrestricted, input)).toBe('unchanged');
    expect(host.inventory?.networks.get(uid)).toMatchObject({ active: true, autostart: true });
    expect(await rig.exec('h1', ['ip', '-brief', 'address', 'show', input.bridge])).toContain('10.199.7.1/24');
  });

  test('one that somebody stopped is started again', async () => {
    await rig.virsh('h1', 'net-destroy', input.name);
    expect(await ensureNetwork(host, unrestricted, input)).toBe('changed');
    expect(host.inventory?.networks.get(uid)?.active).toBe(true);
  });

  test('a reservation is one entry, live and defined; what is in its way goes first', async () => {
    const web = { mac: '02:00:00:00:00:01', ip: '10.199.7.10', name: 'web' };
    expect(await ensureReservation(host, unrestricted, uid, web)).toBe('changed');
    expect(await ensureReservation(host, unrestricted, uid, web)).toBe('unchanged');
    // Another address for the same MAC, then another MAC for the same address and name.
    await ensureReservation(host, unrestricted, uid, { ...web, ip: '10.199.7.11' });
    await ensureReservation(host, unrestricted, uid, { ...web, ip: '10.199.7.11', mac: '02:00:00:00:00:02' });
    for (const inactive of [true, false]) {
      expect(await reservations(inactive)).toMatchObject([
        { mac: '02:00:00:00:00:02', ip: '10.199.7.11', name: 'web' },
      ]);
    }
  });

  test('reservations survive the next ensure, and one that is only live or only defined is mended', async () => {
    expect(await ensureNetwork(host, unrestricted, input)).toBe('unchanged');
    const entry = "<host mac='02:00:00:00:00:02' name='web' ip='10.199.7.11'/>";
    await rig.virsh('h1', 'net-update', input.name, 'delete', 'ip-dhcp-host', entry, '--live');
    expect(
      await ensureReservation(host, unrestricted, uid, { mac: '02:00:00:00:00:02', ip: '10.199.7.11', name: 'web' }),
    ).toBe('changed');
    expect((await reservations(false)).length).toBe(1);
    expect(await removeReservation(host, unrestricted, uid, { mac: '02:00:00:00:00:02' })).toBe('changed');
    expect(await removeReservation(host, unrestricted, uid, { mac: '02:00:00:00:00:02' })).toBe('unchanged');
    expect([...(await reservations(true)), ...(await reservations(false))]).toEqual([]);
    expect(await removeReservation(host, unrestricted, randomUUID(), { mac: '02:00:00:00:00:02' })).toBe('unchanged');
    await expect(
      ensureReservation(host, unrestricted, randomUUID(), { mac: '02:00:00:00:00:02', ip: '10.0.0.1' }),
    ).rejects.toMatchObject({ errorClass: 'NotFound' });
  });

  test('a network of that name that is not ours is left alone, and named', async () => {
    const other = { ...input, uuid: randomUUID() };
    await expect(ensureNetwork(host, unrestricted, other)).rejects.toMatchObject({
      errorClass: 'InvalidSpec',
      reason: 'NameCollision',
      host: 'h1',
    });
    expect(host.inventory?.networks.get(uid)?.active).toBe(true);
  });

  test('a first reservation takes one call, and whoever has the MAC, the address or the name already keeps it', async () => {
    const first = { mac: '52:54:00:00:00:61', ip: '10.199.7.61', name: 'first' };
    expect(await addReservation(host, unrestricted, uid, first)).toBe(true);
    for (const field of ['mac', 'ip', 'name'] as const) {
      const other = { mac: '52:54:00:00:00:62', ip: '10.199.7.62', name: 'other', [field]: first[field] };
      expect(await addReservation(host, unrestricted, uid, other), `the same ${field}`).toBe(false);
    }
    expect(await ensureReservation(host, unrestricted, uid, first)).toBe('unchanged');
  });

  test('it is removed, and removing it again is success', async () => {
    expect(await removeNetwork(host, unrestricted, uid)).toBe('changed');
    expect(await removeNetwork(host, unrestricted, uid)).toBe('unchanged');
    expect(host.inventory?.networks.has(uid)).toBe(false);
  });
});

describe('pools and volumes', () => {
  const uuid = randomUUID();
  const input = {
    uuid,
    name: `steps-${uuid.slice(0, 8)}`,
    source: { type: 'Dir' as const },
    targetPath: `/srv/steps-${uuid.slice(0, 8)}`,
  };
  afterAll(async () => {
    await removePool(host, unrestricted, uuid);
    await rig.exec('h1', ['rm', '-rf', input.targetPath]);
  });

  test('a directory that is missing is not made unless asked', async () => {
    await expect(ensurePool(host, unrestricted, input, { build: 'Never' })).rejects.toMatchObject({ host: 'h1' });
    expect(await ensurePool(host, unrestricted, input, { build: 'IfMissing' })).toBe('changed');
    expect(await ensurePool(host, unrestricted, input, { build: 'IfMissing' })).toBe('unchanged');
    expect(host.inventory?.pools.get(uuid)).toMatchObject({ active: true, persistent: true });
  });

  test('a pool of that name that is not ours is left alone, and named', async () => {
    const other = { ...input, uuid: randomUUID(), targetPath: '/srv/other' };
    await expect(ensurePool(host, unrestricted, other, { build: 'Never' })).rejects.toMatchObject({
      reason: 'NameCollision',
    });
  });

  test('bytes go up and come down as they were, with progress, over a connection of their own', async () => {
    const data = randomBytes(5 * MIB + 123);
    const xml = renderVolume({ name: 'raw', capacityBytes: data.length, format: 'raw' });
    expect(await createVolume(host, unrestricted, uuid, xml)).toMatchObject({
      name: 'raw',
      capacityBytes: data.length,
      path: `${input.targetPath}/raw`,
    });
    expect((await createVolume(host, unrestricted, uuid, xml)).name).toBe('raw');
    const progress: number[] = [];
    await uploadVolume(host, unrestricted, uuid, 'raw', data, {
      length: data.length,
      onProgress: (bytes) => progress.push(bytes),
    });
    expect(progress.at(-1)).toBe(data.length);
    const pieces: Uint8Array[] = [];
    await downloadVolume(host, unrestricted, uuid, 'raw', async (piece) => {
      pieces.push(piece);
    });
    expect(Buffer.concat(pieces).equals(data)).toBe(true);
  });

  test('an upload that is cancelled says that its outcome is not known, and the host goes on', async () => {
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; ; sent += 1) {
        if (sent === 4) abort.abort();
        yield new Uint8Array(64 * 1024);
      }
    }
    const upload = uploadVolume(host, unrestricted, uuid, 'raw', endless(), { length: 5 * MIB, signal: abort.signal });
    await expect(upload).rejects.toMatchObject({ errorClass: 'OutcomeUnknown', reason: 'Cancelled' });
    expect(await lookupVolume(host, uuid, 'raw')).not.toBeNull();
  });

  test('an overlay knows its base, grows, and never shrinks', async () => {
    await createVolume(
      host,
      unrestricted,
      uuid,
      renderVolume({ name: 'base', capacityBytes: 8 * MIB, format: 'qcow2' }),
    );
    const base = `${input.targetPath}/base`;
    await createVolume(
      host,
      unrestricted,
      uuid,
      renderVolume({
        name: 'over',
        capacityBytes: 16 * MIB,
        format: 'qcow2',
        backing: { path: base, format: 'qcow2' },
      }),
    );
    expect(await lookupVolume(host, uuid, 'over')).toMatchObject({
      capacityBytes: 16 * MIB,
      format: 'qcow2',
      backing: { path: base, format: 'qcow2' },
    });
    expect(await resizeVolume(host, unrestricted, uuid, 'over', 32 * MIB)).toBe('changed');
    expect(await resizeVolume(host, unrestricted, uuid, 'over', 24 * MIB)).toBe('unchanged');
    expect((await lookupVolume(host, uuid, 'over'))?.capacityBytes).toBe(32 * MIB);
  });

  test('deleting twice is success; a pool that is stopped or missing says nothing about its volumes', async () => {
    for (const name of ['over', 'base', 'raw'])
      expect(await deleteVolume(host, unrestricted, uuid, name)).toBe('changed');
    expect(await deleteVolume(host, unrestricted, uuid, 'raw')).toBe('unchanged');
    expect(await lookupVolume(host, uuid, 'raw')).toBeNull();
    await rig.virsh('h1', 'pool-destroy', input.name);
    await expect(lookupVolume(host, uuid, 'raw')).rejects.toMatchObject({ errorClass: 'Conflict' });
    await expect(deleteVolume(host, unrestricted, randomUUID(), 'raw')).rejects.toMatchObject({
      errorClass: 'NotFound',
    });
    expect(await ensurePool(host, unrestricted, input, { build: 'Never' })).toBe('changed');
  });

  test('a pool is removed with its files left in place', async () => {
    await createVolume(host, unrestricted, uuid, renderVolume({ name: 'kept', capacityBytes: MIB, format: 'raw' }));
    expect(await removePool(host, unrestricted, uuid)).toBe('changed');
    expect(await removePool(host, unrestricted, uuid)).toBe('unchanged');
    expect(await rig.exec('h1', ['ls', input.targetPath])).toContain('kept');
  });
});
