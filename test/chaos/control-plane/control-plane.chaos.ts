/** The control plane stands still, loses what it was told, or says that somebody else decides. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type VirtualMachine,
  virtualMachineImageKind,
  virtualMachineKind,
  virtualNetworkKind,
} from '#api/v1alpha1/index.ts';
import { type Lease, leaseKind } from '#kube/lease-record.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  clearWorld,
  client,
  get,
  gone,
  namespaceKind,
  placeOf,
  prepareWorld,
  ready,
  remove,
  rig,
  small,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { apiServes } from '../support/control-plane.ts';
import { allGone, allReady, applyAll, blank, domainsByName, machines, makeRoom, names } from '../support/crowd.ts';
import { keptRunning, untilLed } from '../support/operators.ts';

let takeRoomBack = async (): Promise<void> => {};
beforeAll(async () => {
  await prepareWorld();
  takeRoomBack = await makeRoom();
});
afterAll(async () => {
  await clearWorld();
  await takeRoomBack();
});

/** Longer than a right lasts: whoever leads has to give up. */
const PAST_THE_LEASE_MS = 25_000;

for (const component of ['apiserver', 'etcd'] as const) {
  fault(
    'control plane',
    `${component} frozen for ${PAST_THE_LEASE_MS / 1000} s while machines are made and removed`,
    async ({ note }) => {
      const old = names('old', 3);
      const fresh = names('new', 3);
      await applyAll(old);
      await allReady(old);
      const restarts = await keptRunning(rig, async () => {
        await applyAll(fresh);
        for (const name of old) await remove(virtualMachineKind, name);
        await rig.component(component, 'freeze');
        try {
          await delay(PAST_THE_LEASE_MS);
        } finally {
          await rig.component(component, 'thaw');
        }
        await apiServes(client);
        await untilLed(rig);
        await allGone(old);
        const made = await allReady(fresh);
        expect(made.map((vm) => vm.status?.run?.generation)).toEqual(fresh.map(() => 1));
      });
      note(`${restarts} restarts of the operator`);
      for (const name of fresh) await gone(virtualMachineKind, name);
    },
  );
}

const leaseRef = { namespace: 'virtfleet-system', name: 'virtfleet-controllers' };

async function lease(): Promise<Lease> {
  const found = await client.get(leaseKind, leaseRef);
  if (!found) throw new Error('there is no Lease');
  return found;
}

fault('control plane', 'the Lease is taken away by another holder in the midst of writes', async ({ note }) => {
  const all = names('taken', 8);
  const restarts = await keptRunning(rig, async () => {
    await applyAll(all);
    await waitFor('the first decisions', async () => (await machines()).some(({ status }) => status?.host), {
      timeoutMs: 60_000,
      intervalMs: 20,
    });
    const held = await lease();
    const { uid } = held.metadata;
    const spec = { holderIdentity: 'somebody-else', renewTime: new Date().toISOString().replace('Z', '000Z') };
    await client.patchByUid(unrestricted, leaseKind, { ...leaseRef, uid }, { spec });
    await waitFor(
      'the Lease to be held by a replica again',
      async () => {
        const holder = (await lease()).spec?.holderIdentity;
        return holder !== undefined && holder !== '' && holder !== 'somebody-else';
      },
      { timeoutMs: 90_000, intervalMs: 500 },
    );
    const made = await allReady(all);
    expect(made.map((vm) => vm.status?.run?.generation)).toEqual(all.map(() => 1));
  });
  note(`${restarts} restarts of the operator`);
  expect(restarts, 'who lost the Lease ended').toBeGreaterThan(0);
  await Promise.all(all.map((name) => gone(virtualMachineKind, name, 120_000)));
});

fault('control plane', 'the Lease is deleted in the midst of writes', async ({ note }) => {
  const all = names('leaseless', 8);
  const restarts = await keptRunning(rig, async () => {
    await applyAll(all);
    await waitFor('the first decisions', async () => (await machines()).some(({ status }) => status?.host), {
      timeoutMs: 60_000,
      intervalMs: 20,
    });
    await client.delete(unrestricted, leaseKind, leaseRef);
    await untilLed(rig);
    await allReady(all);
  });
  note(`${restarts} restarts of the operator`);
  await Promise.all(all.map((name) => gone(virtualMachineKind, name, 120_000)));
});

/** A namespace of its own, with network and image, filled with machines. */
async function fill(team: string, count: number): Promise<void> {
  await client.apply(
    unrestricted,
    namespaceKind,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: team } } as never,
    { fieldManager: 'e2e', force: true },
  );
  const [image, network] = [await get(virtualMachineImageKind, 'tiny'), await get(virtualNetworkKind, 'lab')];
  const put = async (kind: string, name: string, spec: unknown): Promise<void> => {
    const body = { apiVersion: 'virtfleet.io/v1alpha1', kind, metadata: { name, namespace: team }, spec };
    await rig.kubectl.apply([body]);
  };
  await put('VirtualMachineImage', 'tiny', image?.spec);
  await put('VirtualNetwork', 'lab', { ...network?.spec, ipv4: { cidr: '10.78.0.0/24' } });
  await put('VirtualMachine', 'with-image', small().spec);
  await rig.kubectl.apply(
    names('many', count - 1).map((name) => ({
      apiVersion: 'virtfleet.io/v1alpha1',
      kind: 'VirtualMachine',
      metadata: { name, namespace: team },
      spec: blank().spec,
    })),
  );
}

fault(
  'control plane',
  'a namespace is deleted with 50 machines in it, some just being made: nothing is left on any host',
  async ({ note }) => {
    const team = 'doomed';
    await keptRunning(rig, async () => {
      await fill(team, 50);
      const runs = async (): Promise<number> =>
        (await client.listAll(virtualMachineKind, { namespace: team })).filter(
          (vm: VirtualMachine) => vm.status?.printableStatus === 'Running',
        ).length;
      await waitFor('half of them to run', async () => (await runs()) >= 25, { timeoutMs: 300_000, intervalMs: 500 });
      note(`${await runs()} of 50 ran when the namespace was deleted`);
      await remove(namespaceKind, team);
      await waitFor('the namespace to be gone', async () => (await get(namespaceKind, team)) === null, {
        timeoutMs: 240_000,
        intervalMs: 500,
      });
    });
    const left = [...(await domainsByName()).keys()].filter((key) => key.startsWith(`${team}/`));
    expect(left).toEqual([]);
  },
  { timeoutMs: 580_000 },
);

fault(
  'control plane',
  'the API server is away for a minute: machines run on, and the truth is back',
  async ({ note }) => {
    await apply(virtualMachineKind, 'stays', blank());
    const before = placeOf(await ready('stays'));
    const restarts = await keptRunning(rig, async () => {
      await rig.component('apiserver', 'kill');
      try {
        await delay(30_000);
        expect(await rig.virsh(before.host, 'domstate', before.uuid)).toMatch(/running/);
        await rig.virsh(before.host, 'destroy', before.uuid);
        await delay(30_000);
      } finally {
        await rig.component('apiserver', 'start');
        await apiServes(client);
      }
      await untilLed(rig);
      await waitFor(
        'it to be started again',
        async () => ((await get(virtualMachineKind, 'stays'))?.status?.run?.generation ?? 0) === 2,
        {
          timeoutMs: 120_000,
          intervalMs: 300,
        },
      );
      await ready('stays');
    });
    note(`${restarts} restarts of the operator`);
    await gone(virtualMachineKind, 'stays');
  },
  { timeoutMs: 400_000 },
);
