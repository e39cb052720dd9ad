import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClaim, renderClaim } from './claim.ts';
import { claimUuid } from './names.ts';
import {
  type NetworkChange,
  type NetworkInput,
  networkChanges,
  readNetwork,
  renderNetwork,
  reservationXml,
} from './network.ts';
import { anyNetwork } from './testing/arbitrary.ts';
import { network } from './testing/builders.ts';
import { attr, child } from './tree.ts';
import { el, parseXml, printXml } from './xml.ts';

const web = { mac: '02:00:00:00:01:01', ip: '10.40.0.50', name: 'web' };
const db = { mac: '02:00:00:00:01:02', ip: '10.40.0.51', name: 'db' };
const base = network({
  reservations: [web, db],
  dns: { forwarders: ['1.1.1.1'], hosts: [{ ip: '10.40.0.1', names: ['gw'] }] },
});

describe('a network', () => {
  test('rendered again stays, and asks for no change', () => {
    fc.assert(
      fc.property(anyNetwork, (input) => {
        const first = renderNetwork(input, null);
        expect(renderNetwork(input, first)).toBe(first);
        expect(networkChanges(input, first)).toEqual([]);
      }),
    );
  });

  test('becomes any other, and keeps what is not ours', () => {
    fc.assert(
      fc.property(anyNetwork, anyNetwork, (before, after) => {
        const root = parseXml(renderNetwork(before, null));
        child(root, 'metadata')?.children.push(el('o:tool', { 'xmlns:o': 'urn:o' }, ['kept']));
        const edited = renderNetwork(after, printXml(root));
        expect(networkChanges(after, edited)).toEqual([]);
        expect(edited).toContain('<o:tool xmlns:o="urn:o">kept</o:tool>');
      }),
    );
  });

  test('says how many interfaces are plugged in while it runs', () => {
    expect(readNetwork("<network connections='3'><name>lab_lan</name></network>").connections).toBe(3);
  });

  test('says what it is', () => {
    const { reservations, dns, stamp } = base;
    expect(readNetwork(renderNetwork(base, null))).toEqual({
      uuid: base.uuid,
      name: 'lab_lan',
      bridge: 'vf222222222222',
      mac: '02:11:22:33:44:55',
      mode: 'NAT',
      stamp,
      claim: null,
      ips: [{ family: 'ipv4', address: '10.40.0.1', prefix: 24 }],
      reservations,
      dnsHosts: dns?.hosts,
      mtu: null,
      connections: 0,
    });
  });

  test('of another kind is read, too', () => {
    const facts = readNetwork(
      "<network><name>default</name><forward mode='bridge'/><ip address='192.168.122.1' netmask='255.255.254.0'/></network>",
    );
    expect(facts).toMatchObject({ mode: 'Other', stamp: null, ips: [{ address: '192.168.122.1', prefix: 23 }] });
  });

  test('leaves reservations alone that it is not asked about', () => {
    const { reservations: _, ...silent } = base;
    expect(readNetwork(renderNetwork(silent, renderNetwork(base, null))).reservations).toEqual([web, db]);
    expect(networkChanges(silent, renderNetwork(base, null))).toEqual([]);
  });

  test('never keeps a free range', () => {
    const root = parseXml(renderNetwork(base, null));
    child(child(root, 'ip'), 'dhcp')?.children.push(el('range', { start: '10.40.0.2', end: '10.40.0.9' }));
    expect(renderNetwork(base, printXml(root))).not.toContain('<range');
  });

  test('gives short leases', () => {
    const host = parseXml(reservationXml(web));
    expect(child(host, 'lease')?.attrs).toEqual({ expiry: '300', unit: 'seconds' });
    expect(attr(child(parseXml(reservationXml(web, 60)), 'lease'), 'expiry')).toBe('60');
  });
});

describe('a running network is told', () => {
  const short = (changes: NetworkChange[]): string[] =>
    changes.map((one) =>
      one.type === 'Update'
        ? `${one.command} ${one.section} ${/ip="([^"]*)"/.exec(one.xml)?.[1]}`
        : `restart: ${one.field}`,
    );
  const dns = base.dns ?? {};
  const table: [string, Partial<NetworkInput>, string[]][] = [
    [
      'a reservation more',
      { reservations: [web, db, { mac: '02:00:00:00:01:03', ip: '10.40.0.52' }] },
      ['add-last ip-dhcp-host 10.40.0.52'],
    ],
    ['a reservation less', { reservations: [db] }, ['delete ip-dhcp-host 10.40.0.50']],
    [
      'another address',
      { reservations: [{ ...web, ip: '10.40.0.60' }, db] },
      ['delete ip-dhcp-host 10.40.0.50', 'add-last ip-dhcp-host 10.40.0.60'],
    ],
    [
      'the addresses swapped',
      {
        reservations: [
          { ...web, ip: db.ip },
          { ...db, ip: web.ip },
        ],
      },
      [
        'delete ip-dhcp-host 10.40.0.50',
        'delete ip-dhcp-host 10.40.0.51',
        'add-last ip-dhcp-host 10.40.0.51',
        'add-last ip-dhcp-host 10.40.0.50',
      ],
    ],
    [
      'another lease',
      { leaseSeconds: 60, reservations: [web] },
      ['delete ip-dhcp-host 10.40.0.50', 'delete ip-dhcp-host 10.40.0.51', 'add-last ip-dhcp-host 10.40.0.50'],
    ],
    [
      'a name more',
      { dns: { ...dns, hosts: [...(dns.hosts ?? []), { ip: '10.40.0.9', names: ['x'] }] } },
      ['add-last dns-host 10.40.0.9'],
    ],
    ['no names', { dns: { forwarders: ['1.1.1.1'] } }, ['delete dns-host 10.40.0.1']],
    ['another forwarder', { dns: { ...dns, forwarders: ['9.9.9.9'] } }, ['restart: dns/forwarder@addr']],
    ['another gateway', { ipv4: { gateway: '10.41.0.1', prefix: 24 } }, ['restart: ip@address']],
    ['isolation', { mode: 'Isolated' }, ['restart: forward']],
    ['another MTU', { mtu: 1400 }, ['restart: mtu']],
    ['IPv6', { ipv6: { gateway: 'fd00::1', prefix: 64 } }, ['restart: forward/nat', 'restart: ip#2']],
  ];
  test.each(table)('%s', (_, edit, expected) => {
    expect(short(networkChanges({ ...base, ...edit }, renderNetwork(base, null)))).toEqual(expected);
  });
});

describe('a claim', () => {
  test('is read as it was made, and found by a UUID of its own', () => {
    const xml = renderClaim('fleet-a');
    expect(readClaim(xml)).toBe('fleet-a');
    expect(xml).toContain(claimUuid('fleet-a'));
    expect(claimUuid('fleet-a')).not.toBe(claimUuid('fleet-b'));
  });

  test('is no network of ours, and a network is no claim', () => {
    expect(readNetwork(renderClaim('fleet-a')).stamp).toBeNull();
    expect(readClaim(renderNetwork(base, null))).toBeNull();
    expect(readClaim('<network><name>virtfleet-claim</name></network>')).toBeNull();
  });
});
