import { describe, expect, test } from 'vitest';
import { addressesIn, gatewayOf, inRange } from './ipv4-range.ts';

test.each([
  ['10.40.0.0/24', { gateway: '10.40.0.1', prefix: 24 }],
  ['192.168.7.8/29', { gateway: '192.168.7.9', prefix: 29 }],
  ['223.255.0.0/16', { gateway: '223.255.0.1', prefix: 16 }],
])('the gateway of %s', (cidr, expected) => {
  expect(gatewayOf(cidr)).toEqual(expected);
});

test.each([
  ['10.40.0.255', '10.40.0.0/24', true],
  ['10.40.1.0', '10.40.0.0/24', false],
  ['200.1.2.3', '200.1.2.0/29', true],
  ['fd00::1', '10.40.0.0/24', false],
])('%s in %s: %s', (address, cidr, expected) => {
  expect(inRange(cidr)(address)).toBe(expected);
});

describe('addressesIn', () => {
  test.each([
    ['the whole range', { cidr: '10.40.0.0/24' }, 253],
    ['the smallest one', { cidr: '10.40.0.0/29' }, 5],
    ['a DHCP range', { cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.50', end: '10.40.0.59' } }, 10],
    ['one that names the gateway', { cidr: '10.40.0.0/24', dhcp: { start: '10.40.0.0', end: '10.40.0.3' } }, 2],
  ])('%s', (_name, ipv4, expected) => {
    expect(addressesIn(ipv4)).toBe(expected);
  });
});
