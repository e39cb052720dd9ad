import type { Connect } from '@virtfleet/libvirt';
import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import type { HostCall } from '#hostpool/calls.ts';
import type { Host } from '#hostpool/types.ts';
import type { NetworkFacts } from '#libvirt/network.ts';
import { findCutOff, interruption, newlyCutOff, unplugged } from './cut-off.ts';

test('a machine whose network was stopped under it is told where, and what connects it again', () => {
  expect(interruption('lab', 'h1')).toBe(
    "Network lab was stopped on host h1 while this machine ran, and runs again; the machine's interface is not connected to it until libvirtd is restarted there (which stops no machine), or the machine is",
  );
});

const domain = (portId: string | null, network = 'lab_lan'): string =>
  `<domain type='kvm'><name>lab_web</name><devices><interface type='network'><mac address='02:00:00:00:00:01'/><source network='${network}'${portId === null ? '' : ` portid='${portId}'`}/></interface></devices></domain>`;

describe('an interface', () => {
  test.each<[string, string | null, string[], string[]]>([
    ['whose port is there is plugged in', domain('P1'), ['p0', 'p1'], []],
    ['whose port went with a stop of the network is not', domain('p1'), ['p0'], ['p1']],
    ['of a machine that is off has no port, and misses none', domain(null), [], []],
    ['in another network is not looked for here', domain('p1', 'lab_other'), [], []],
    ['of a machine that is gone is not there', null, [], []],
  ])('%s', (_name, xml, ports, expected) => {
    expect(unplugged(xml, 'lab_lan', new Set(ports))).toEqual(expected);
  });
});

/** A host with the network and machines in it, each with one interface; a machine's name is its UUID. */
class World {
  readonly ports = new Set<string>();
  /** Port of each machine as its live document tells; null: it is off. */
  readonly plugged = new Map<string, string | null>();
  readonly read: string[] = [];
  /** Called when the ports are about to be read. */
  beforePorts = (): void => {};

  add(name: string, isPlugged = true): void {
    this.plugged.set(name, `port-${name}`);
    if (isPlugged) this.ports.add(`port-${name}`);
  }

  stop(name: string): void {
    this.plugged.set(name, null);
    this.ports.delete(`port-${name}`);
  }

  readonly #connect = {
    domainLookupByUUIDString: async (uuid: string) => ({
      uuid,
      getXMLDesc: async () => {
        this.read.push(uuid);
        return domain(this.plugged.get(uuid) ?? null);
      },
    }),
    networkLookupByUUIDString: async (uuid: string) => ({
      uuid,
      listAllPorts: async () => {
        this.beforePorts();
        return [...this.ports].map((port) => ({ getUUIDString: async () => port, [Symbol.dispose]: () => {} }));
      },
    }),
  };

  readonly host = {
    facts: { hypervisorType: 'QEMU' },
    read: (_: string, fn: HostCall<unknown>) => fn(this.#connect as unknown as Connect, {}),
  } as unknown as Host;

  machines(...names: string[]): VirtualMachine[] {
    const status = (uuid: string) => ({ uuid, interfaces: [{ name: 'net0', networkName: 'lan', mac: '' }] });
    return names.map((name) => ({ metadata: { name }, status: status(name) }) as unknown as VirtualMachine);
  }

  find(connections = this.ports.size, before: { known?: string[]; nowMs?: number } = {}): Promise<string[]> {
    const facts = { name: 'lab_lan', connections } as unknown as NetworkFacts;
    const running = this.machines(...this.plugged.keys());
    return findCutOff(this.host, network, facts, running, { known: [], nowMs: 0, ...before });
  }
}
const network = { metadata: { name: 'lan', uid: 'n1' } } as unknown as VirtualNetwork;

describe('machines that are cut off', () => {
  test('are those that run and have lost their port', async () => {
    const world = new World();
    world.add('b', false);
    world.add('a', false);
    world.add('c');
    expect(await world.find()).toEqual(['a', 'b']);
  });

  test('are not those that are being stopped meanwhile', async () => {
    const world = new World();
    for (const name of ['a', 'b']) world.add(name);
    world.add('cut', false);
    world.beforePorts = () => world.stop('b');
    // The count is older: a's port had gone already.
    expect(await world.find(1)).toEqual(['cut']);
  });

  test('are not those that are stopped and started again meanwhile', async () => {
    const world = new World();
    world.add('b');
    world.beforePorts = () => {
      world.stop('b');
      world.plugged.set('b', 'port-new');
    };
    expect(await world.find(0)).toEqual([]);
  });

  test('are not looked for when the network has all its connections', async () => {
    const world = new World();
    for (const name of ['a', 'b']) world.add(name);
    expect(await world.find()).toEqual([]);
    expect(world.read).toEqual([]);
  });

  test('are not looked for again while nothing changes, but for some minutes', async () => {
    const world = new World();
    world.add('a');
    world.plugged.set('pending', null);
    for (const nowMs of [0, 2_000, 299_000]) expect(await world.find(1, { nowMs })).toEqual([]);
    expect(world.read).toEqual(['a', 'pending']);
    await world.find(1, { nowMs: 300_000 });
    expect(world.read).toHaveLength(4);
  });

  test('are found as soon as the network counts fewer connections, though one was missing before', async () => {
    const world = new World();
    world.add('a');
    world.plugged.set('pending', null);
    expect(await world.find()).toEqual([]);
    world.ports.clear();
    expect(await world.find()).toEqual(['a']);
  });

  test("stay so when somebody else's domain has come into the network, until they are plugged in", async () => {
    const world = new World();
    world.add('a', false);
    expect(await world.find()).toEqual(['a']);
    world.ports.add('port-foreign');
    expect(await world.find(1, { known: ['a'] })).toEqual(['a']);
    world.ports.add('port-a');
    expect(await world.find(2, { known: ['a'] })).toEqual([]);
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
