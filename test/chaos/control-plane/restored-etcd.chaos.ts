/** etcd comes back as it was before ten creates, ten deletes and ten changes: hosts know better, and are believed. */
import { afterAll, beforeAll, expect } from 'vitest';
import { hostKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  get,
  namespace,
  prepareWorld,
  remove,
  rig,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault, type Story } from '../fault.ts';
import { EtcdBackup } from '../support/control-plane.ts';
import { allGone, allReady, applyAll, blank, domainsByName, machines, makeRoom, names } from '../support/crowd.ts';
import { keptRunning, untilLed } from '../support/operators.ts';

const TEN = 10;
const created = names('created', TEN);
const deleted = names('deleted', TEN);
const changed = names('changed', TEN);

let takeRoomBack = async (): Promise<void> => {};
beforeAll(async () => {
  await prepareWorld();
  takeRoomBack = await makeRoom();
});
afterAll(async () => {
  await clearWorld();
  await takeRoomBack();
});

const addressOf = (vm: VirtualMachine): string | undefined =>
  vm.status?.interfaces?.[0]?.addresses?.find(({ source }) => source === 'Reserved')?.address;
const diskOf = (vm: VirtualMachine): string =>
  vm.status?.volumes?.find(({ role }) => role === 'Disk')?.volumeName ?? '';

async function orphansShown(): Promise<string[]> {
  return (await client.listAll(hostKind)).flatMap(({ status }) =>
    (status?.orphans ?? []).map(({ namespace: of, name }) => `${of}/${name}`),
  );
}

/** What nobody owns any more is removed as its person would: by taking it over with a new object, and deleting that. */
async function takeOverAndDelete(orphans: readonly VirtualMachine[]): Promise<void> {
  for (const { metadata, status } of orphans)
    await apply(virtualMachineKind, metadata.name, blank({ uuid: status?.uuid }));
  const all = orphans.map(({ metadata }) => metadata.name);
  const back = await allReady(all);
  for (const vm of back) {
    const before = orphans.find(({ metadata }) => metadata.name === vm.metadata.name);
    expect(vm.status?.host, `${vm.metadata.name} is taken over where it is`).toEqual(before?.status?.host);
    expect(diskOf(vm), 'with its own disk').toBe(before && diskOf(before));
  }
  for (const name of all) await remove(virtualMachineKind, name);
  await allGone(all);
}

async function restoreStory({ expected, note }: Story): Promise<void> {
  await applyAll([...deleted, ...changed]);
  await allReady([...deleted, ...changed]);
  const backup = await EtcdBackup.take(rig, client);
  try {
    await untilLed(rig);
    await applyAll(created);
    for (const name of deleted) await remove(virtualMachineKind, name);
    await applyAll(changed, { memory: { size: '80Mi' } });
    const made = await allReady(created);
    await allGone(deleted);
    await allReady(changed);
    const before = await domainsByName();
    expect(before.size).toBe(2 * TEN);
    expected.orphans.push(...made.flatMap(({ status }) => status?.uuid ?? []));
    expected.files.push(...made.map(diskOf));

    await backup.restore();
    await untilLed(rig);

    await waitFor(
      'the ten machines that have no object to be shown',
      async () => {
        const shown = await orphansShown();
        return created.every((name) => shown.includes(`${namespace}/${name}`));
      },
      { timeoutMs: 90_000, intervalMs: 500 },
    );
    // the changed ones run on, as their older spec says now; the deleted ones have objects again
    await allReady(changed);
    const after = await domainsByName();
    for (const name of created) {
      expect(after.get(`${namespace}/${name}`), `${name} is left alone`).toEqual(before.get(`${namespace}/${name}`));
    }
    for (const name of changed) {
      expect(after.get(`${namespace}/${name}`), `${name} stays where it is`).toEqual(
        before.get(`${namespace}/${name}`),
      );
    }
    const resurrected = await toldOrReady(deleted);
    note(resurrected);

    // New machines take nothing from those that nobody owns: no address, no name.
    await applyAll(['fresh-1', 'fresh-2', 'fresh-3']);
    const fresh = await allReady(['fresh-1', 'fresh-2', 'fresh-3']);
    const taken = made.map(addressOf);
    for (const vm of fresh) expect(taken, `${vm.metadata.name} has an address of its own`).not.toContain(addressOf(vm));

    // The same name again, as GitOps would apply it: refused, with the mend, and the mend works.
    await apply(virtualMachineKind, 'created-1', blank());
    const conflict = await waitFor(
      'created-1 to be refused',
      async () => {
        const vm = await get(virtualMachineKind, 'created-1');
        return vm && condition(vm, 'Stalled')?.reason === 'IdentityConflict' ? vm : null;
      },
      { timeoutMs: 60_000, intervalMs: 200 },
    );
    const first = made.find(({ metadata }) => metadata.name === 'created-1');
    expect(conflict?.status?.message).toContain(`spec.uuid to ${first?.status?.uuid}`);
    await takeOverAndDelete(made);
    // Those that were deleted once are deleted again: what they lack keeps nobody from it.
    for (const name of deleted) await remove(virtualMachineKind, name);
    await allGone(deleted);
    expected.orphans.length = 0;
    expected.files.length = 0;
  } finally {
    backup.discard();
  }
}

/** A machine that was deleted in the meantime is declared again; without its disk it must not be started empty. */
async function toldOrReady(all: readonly string[]): Promise<string> {
  const settled = await waitFor(
    'the machines that were deleted to be judged',
    async () => {
      const found = (await machines()).filter(({ metadata }) => all.includes(metadata.name));
      const told = found.filter((vm) => condition(vm, 'Ready')?.reason === 'VolumeMissing');
      const ready = found.filter((vm) => condition(vm, 'Ready')?.status === 'True');
      return told.length + ready.length === all.length ? { told, ready } : null;
    },
    { timeoutMs: 120_000, intervalMs: 500 },
  );
  for (const vm of settled?.told ?? []) expect(vm.status?.message).toContain(diskOf(vm));
  return `of the machines deleted since, ${settled?.told.length} say that their disk is gone, ${settled?.ready.length} run`;
}

fault(
  'control plane',
  'etcd restored from before ten creates, ten deletes and ten changes; the operator runs on',
  async (story) => {
    await keptRunning(rig, () => restoreStory(story));
  },
  { timeoutMs: 580_000 },
);
