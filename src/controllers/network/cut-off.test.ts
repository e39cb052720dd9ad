import { describe, expect, test } from 'vitest';
import { interruption, isUnplugged, newlyCutOff } from './cut-off.ts';

test('a machine whose network was stopped under it is told where, and what connects it again', () => {
  expect(interruption('lab', 'h1')).toBe(
    "Network lab was stopped on host h1 while this machine ran, and runs again; the machine's interface is not connected to it until libvirtd is restarted there (which stops no machine), or the machine is",
  );
});

describe('an interface', () => {
  const domain = (portId: string | null, network = 'lab_lan'): string =>
    `<domain type='kvm'><name>lab_web</name><devices><interface type='network'><mac address='02:00:00:00:00:01'/><source network='${network}'${portId === null ? '' : ` portid='${portId}'`}/></interface></devices></domain>`;
  test.each<[string, string | null, string[], boolean]>([
    ['whose port is there is plugged in', domain('P1'), ['p0', 'p1'], false],
    ['whose port went with a stop of the network is not', domain('p1'), ['p0'], true],
    ['of a machine that is off has no port, and misses none', domain(null), [], false],
    ['in another network is not looked for here', domain('p1', 'lab_other'), [], false],
    ['of a machine that is gone is not there', null, [], false],
  ])('%s', (_name, xml, ports, expected) => {
    expect(isUnplugged(xml, 'lab_lan', new Set(ports))).toBe(expected);
  });
});

test('who was cut off already is not told again', () => {
  const before = { hosts: [{ name: 'h1', cutOff: ['a'] }] };
  const after = {
    hosts: [
      { name: 'h1', cutOff: ['a', 'b'] },
      { name: 'h2', cutOff: ['c'] },
    ],
  };
  expect(newlyCutOff(before, after)).toEqual([
    { machine: 'b', host: 'h1' },
    { machine: 'c', host: 'h2' },
  ]);
  expect(newlyCutOff(after, { hosts: [{ name: 'h1' }] })).toEqual([]);
});
