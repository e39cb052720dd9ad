import { describe, expect, test } from 'vitest';
import {
  bridgeName,
  claimUuid,
  cutName,
  diskVolumeName,
  domainName,
  gatewayMac,
  imageVolumeName,
  interfaceMac,
  networkName,
  poolUuid,
  seedVolumeName,
  storageVolumeName,
} from './names.ts';

const uid = '0f0e0d0c-0b0a-4908-8706-050403020100';

describe('names', () => {
  test('are these, and stay so: things on hosts are found by them', () => {
    expect(domainName('lab', 'web')).toBe('lab_web');
    expect(networkName('lab', 'lan')).toBe('lab_lan');
    expect(diskVolumeName({ machine: 'web', disk: 'root', uid, attempt: 2, format: 'qcow2' })).toBe(
      `web-root-${uid}-2.qcow2`,
    );
    expect(seedVolumeName({ machine: 'web', uid, digest: 'sha256:0123456789abcdef' })).toBe(
      `web-seed-${uid}-0123456789ab.iso`,
    );
    expect(imageVolumeName({ image: 'debian', uid, attempt: 1, format: 'raw' })).toBe(`debian-${uid}-1.raw`);
    expect(storageVolumeName({ volume: 'data', uid, attempt: 1, format: 'qcow2' })).toBe(`data-${uid}-1.qcow2`);
    expect(bridgeName(uid)).toBe('vf0f0e0d0c0b0a');
    expect(claimUuid(uid)).toBe('92dc918a-22cd-55d4-a6a6-609609d977d6');
    expect(poolUuid(uid, uid)).toBe('765b8f29-1470-5701-b2b6-d8438cc97b97');
    expect(gatewayMac(uid)).toBe('02:46:07:6f:4f:e8');
    expect(interfaceMac(uid, 'lan')).toBe('02:6c:d3:cf:da:15');
  });

  test('fit a bridge of 15 characters', () => {
    expect(bridgeName(uid).length).toBeLessThanOrEqual(15);
  });

  test('that are too long are cut, and still differ', () => {
    const long = 'a'.repeat(250);
    const names = [domainName(long, 'web'), domainName(`${long}b`, 'web'), domainName(long, 'db')];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toHaveLength(200);
    expect(cutName('b'.repeat(200))).toBe('b'.repeat(200));
    const volume = diskVolumeName({ machine: long, disk: 'root', uid, attempt: 1, format: 'qcow2' });
    expect(volume).toHaveLength(200);
    expect(volume.endsWith(`-${uid}-1.qcow2`)).toBe(true);
  });

  test('MACs are unicast, locally administered, and another for each interface and attempt', () => {
    const macs = [interfaceMac(uid, 'lan'), interfaceMac(uid, 'wan'), interfaceMac(uid, 'lan', 1), gatewayMac(uid)];
    expect(new Set(macs).size).toBe(4);
    for (const mac of macs) expect(mac).toMatch(/^02(:[0-9a-f]{2}){5}$/);
  });

  test('UUIDs differ by fleet, also where the fleet has an id that is no UUID', () => {
    expect(poolUuid('fleet-a', uid)).not.toBe(poolUuid('fleet-b', uid));
    expect(poolUuid('fleet-a', uid)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });
});
