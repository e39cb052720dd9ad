/** VirtualNetworks and operations on real libvirtds, with a machine that needs no image. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VirtualMachineStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { VirtualNetworkStatus } from '#api/v1alpha1/virtual-network.ts';
import { rigFromEnv } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';
import { Objects } from './objects.ts';
import { type Operator, startOperator } from './operator.ts';

const rig = rigFromEnv();
const objects = new Objects(rig);
let operator: Operator;
/** Where the machine is. */
let host: string;

const machine = (runStrategy: string): object => ({
  runStrategy,
  terminationGracePeriodSeconds: 1,
  memory: { size: '64Mi' },
  disks: [{ name: 'root', template: { poolName: 'local', size: '1Mi' } }],
  interfaces: [{ name: 'lan', networkName: 'lab' }],
});
const network = (spec: object = {}): object => ({ mode: 'NAT', ipv4: { cidr: '10.77.0.0/24' }, ...spec });
const live = (): Promise<string> => rig.virsh(host, 'net-dumpxml', 'default_lab');
const inLab = async (): Promise<VirtualNetworkStatus> =>
  (await objects.get<VirtualNetworkStatus>('virtualnetworks', 'lab')).status ?? {};

beforeAll(async () => {
  await rig.unclaimHosts();
  operator = await startOperator(rig);
  for (const { name } of rig.hosts) await objects.reaches('hosts', name, 'Ready', 'Ready', 60_000);
  await objects.apply('VirtualNetwork', 'lab', network(), 'default');
  await objects.reaches('virtualnetworks', 'lab', 'Ready', 'NotInUse');
  await objects.apply('VirtualMachine', 'probe', machine('Manual'), 'default');
  await operation('start', 'Start');
  const placed = await objects.get<VirtualMachineStatus>('virtualmachines', 'probe');
  host = placed.status?.host?.name ?? '';
});
afterAll(async () => {
  await objects.delete('virtualmachines', 'probe');
  await objects.delete('virtualnetworks', 'lab');
  await operator?.stop();
});

/** Runs an operation to its end, and returns its phase. */
async function operation(name: string, type: string): Promise<string> {
  await objects.apply('VirtualMachineOperation', name, { machineName: 'probe', type }, 'default');
  interface Ended {
    phase?: string;
  }
  const phase = await waitFor(
    `operation ${name} to end`,
    async () => {
      const { status } = await objects.get<Ended>('virtualmachineoperations', name);
      return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? status.phase : null;
    },
    { timeoutMs: 60_000, intervalMs: 200 },
  );
  await objects.delete('virtualmachineoperations', name);
  return phase ?? '';
}

describe('a network that a machine uses', () => {
  test('is on that host alone, with the fleet’s gateway and the machine’s reservation', async () => {
    await objects.reaches('virtualnetworks', 'lab', 'Ready', 'Running');
    expect(await inLab()).toMatchObject({
      gateway: { address: '10.77.0.1' },
      hosts: [{ name: host, active: true, machines: 1 }],
    });
    expect(await live()).toMatch(/<host mac='[0-9a-f:]+' name='probe' ip='10\.77\.0\.\d+'/);
  });

  test('names are changed while it runs', async () => {
    const hosts = [{ ip: '10.77.0.250', names: ['db.lab'] }];
    await objects.apply('VirtualNetwork', 'lab', network({ dns: { hosts } }), 'default');
    await waitFor('the name to be there', async () => (await live()).includes('db.lab'), { timeoutMs: 20_000 });
    await objects.apply('VirtualNetwork', 'lab', network(), 'default');
    await waitFor('the name to be gone', async () => !(await live()).includes('db.lab'), { timeoutMs: 20_000 });
  });

  test('stopped by hand, it is started again', async () => {
    await rig.virsh(host, 'net-destroy', 'default_lab');
    await waitFor(
      'it to be up',
      async () => (await rig.virsh(host, 'net-info', 'default_lab')).match(/Active:\s+yes/) !== null,
      { timeoutMs: 20_000 },
    );
  });

  test('a reservation that nobody owns is removed, the machine’s stays', async () => {
    const stray = "<host mac='02:00:00:00:00:99' name='stray' ip='10.77.0.99'/>";
    await rig.virsh(host, 'net-update', 'default_lab', 'add', 'ip-dhcp-host', stray, '--live', '--config');
    await objects.patch('virtualnetworks', 'lab', { metadata: { annotations: { look: 'again' } } });
    await waitFor('it to be gone', async () => !(await live()).includes('02:00:00:00:00:99'), { timeoutMs: 20_000 });
    expect(await live()).toContain("name='probe'");
  });

  test('a range that is in use is not changed', async () => {
    await objects.apply('VirtualNetwork', 'lab', network({ ipv4: { cidr: '10.78.0.0/24' } }), 'default');
    const condition = await objects.reaches('virtualnetworks', 'lab', 'RangeInUse', 'RangeInUse');
    expect(condition.message).toContain('probe');
    expect(await live()).toContain('10.77.0.1');
    await objects.apply('VirtualNetwork', 'lab', network(), 'default');
    await objects.reaches('virtualnetworks', 'lab', 'Ready', 'Running');
  });

  test('what cannot be made live waits until its machines are off', async () => {
    await objects.apply('VirtualNetwork', 'lab', network({ mtu: 1400 }), 'default');
    const condition = await objects.reaches('virtualnetworks', 'lab', 'RestartRequired', 'MachinesRunning');
    expect(condition.message).toContain('probe');
    expect(await operation('stop', 'Stop')).toBe('Succeeded');
    await waitFor('the new size to be in use', async () => (await live()).includes("<mtu size='1400'/>"), {
      timeoutMs: 20_000,
    });
    await objects.reaches('virtualnetworks', 'lab', 'RestartRequired', 'UpToDate');
  });

  test('its deletion waits for the machine, and leaves nothing behind', async () => {
    await objects.delete('virtualnetworks', 'lab');
    const blocked = await objects.reaches('virtualnetworks', 'lab', 'Reconciling', 'DeletionBlocked');
    expect(blocked.message).toContain('probe');
    await objects.delete('virtualmachines', 'probe');
    await objects.gone('virtualmachines', 'probe', 'default', 60_000);
    await objects.gone('virtualnetworks', 'lab');
    expect(await rig.virsh(host, 'net-list', '--all', '--name')).not.toContain('default_lab');
  });
});

describe('operations that cannot be done', () => {
  test('for a machine that is not there', async () => {
    expect(await operation('nobody', 'Start')).toBe('Failed');
  });
  test('a stop of a machine that always runs', async () => {
    await objects.apply('VirtualNetwork', 'lab', network(), 'default');
    await objects.apply('VirtualMachine', 'probe', machine('Always'), 'default');
    expect(await operation('stop-always', 'Stop')).toBe('Failed');
    await objects.delete('virtualmachines', 'probe');
    await objects.gone('virtualmachines', 'probe', 'default', 60_000);
    await objects.delete('virtualnetworks', 'lab');
    await objects.gone('virtualnetworks', 'lab');
  });
});
