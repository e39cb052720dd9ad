import { describe, expect, it } from 'vitest';
import { SourcePolicy } from './source-policy.ts';

describe('where images may be fetched from', () => {
  const cases: [string, string[], string, string, boolean][] = [
    ['public, by default', ['public'], 'images.example.com', '93.184.216.34', true],
    ['public IPv6', ['public'], 'images.example.com', '2606:2800:220:1::1', true],
    ['not public when only others are named', ['10.0.0.0/8'], 'images.example.com', '93.184.216.34', false],
    ['loopback', ['public'], 'localhost', '127.0.0.1', false],
    ['loopback of IPv6', ['public'], 'localhost', '::1', false],
    ['loopback by a name that is allowed', ['rebind.example.com'], 'rebind.example.com', '127.0.0.1', false],
    ['loopback that is named', ['127.0.0.1/32'], 'localhost', '127.0.0.1', true],
    ['private', ['public'], 'nas', '10.9.0.2', false],
    ['private that is named', ['public', '10.9.0.0/16'], 'nas', '10.9.0.2', true],
    ['private beside what is named', ['10.9.0.0/16'], 'nas', '10.10.0.2', false],
    ['private by its name', ['nas.corp.example'], 'NAS.corp.example.', '10.9.0.2', true],
    ['private by a name below', ['*.corp.example'], 'nas.corp.example', '192.168.1.2', true],
    ['the domain itself is not below it', ['*.corp.example'], 'corp.example', '192.168.1.2', false],
    ['a name that only ends alike', ['corp.example'], 'evilcorp.example', '10.9.0.2', false],
    ['carrier-grade NAT', ['public'], 'x', '100.64.0.1', false],
    ['unique local', ['public'], 'x', 'fd12::1', false],
    ['link-local', ['public', '169.254.0.0/16'], 'metadata', '169.254.169.254', false],
    ['link-local of IPv6', ['public', 'fe80::/10'], 'x', 'fe80::1', false],
    ['metadata in a unique local range', ['fd00::/8'], 'x', 'fd00:ec2::254', false],
    ['metadata in carrier-grade NAT', ['100.64.0.0/10'], 'x', '100.100.100.200', false],
    ['IPv4 in clothes of IPv6', ['public'], 'x', '::ffff:127.0.0.1', false],
    ['private IPv4 in clothes of IPv6', ['public'], 'x', '::ffff:10.0.0.1', false],
    ['IPv4 through NAT64', ['public'], 'x', '64:ff9b::7f00:1', false],
    ['6to4', ['public'], 'x', '2002:7f00:1::', false],
    ['unspecified', ['0.0.0.0/0'], 'x', '0.0.0.0', false],
    ['multicast', ['0.0.0.0/0'], 'x', '224.0.0.1', false],
    ['no address at all', ['public'], 'x', 'x', false],
    ['nothing is allowed', [], 'images.example.com', '93.184.216.34', false],
  ];
  it.each(cases)('%s', (_name, entries, host, address, allowed) => {
    expect(new SourcePolicy(entries).allows(host, address)).toBe(allowed);
  });

  it('names what is refused, and who mends it', () => {
    expect(() => new SourcePolicy(['public']).check('localhost', '127.0.0.1')).toThrow(
      expect.objectContaining({ reason: 'SourceForbidden', message: expect.stringContaining('localhost (127.0.0.1)') }),
    );
  });

  it.each(['http://x', '10.0.0.0/33', 'a b', ''])('refuses the entry "%s"', (entry) => {
    expect(() => new SourcePolicy([entry])).toThrow(expect.objectContaining({ errorClass: 'InvalidSpec' }));
  });
});
