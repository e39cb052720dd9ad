/** Objects that go and come back under the same name: what runs is never made beside, and never taken by another. */
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { storageVolumeKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import {
  apply,
  clearWorld,
  client,
  condition,
  eventsOf,
  get,
  gone,
  line,
  namespace,
  namespaceKind,
  placeOf,
  prepareWorld,
  ready,
  reason,
  remove,
  rig,
  small,
  until,
} from '../../e2e/support/world.ts';
import { waitFor } from '../../rig/wait.ts';
import { fault } from '../fault.ts';
import { blank, blankDisk } from '../support/crowd.ts';

beforeAll(prepareWorld);
beforeEach(() => clearWorld());
afterAll(() => clearWorld());

/** A name of its own for each story: a host keeps what an earlier machine of that name has printed. */
let name = '';
beforeEach(() => {
  name = `again-${randomUUID().slice(0, 6)}`;
});
const manifest = (spec: object, over: object = {}): object => ({
  apiVersion: 'virtfleet.io/v1alpha1',
  kind: 'VirtualMachine',
  metadata: { name, namespace, ...over },
  spec,
});

async function forget(vm: VirtualMachine): Promise<void> {
  const { uid } = vm.metadata;
  await client.patchByUid(
    unrestricted,
    virtualMachineKind,
    { namespace, name, uid },
    { metadata: { finalizers: null } },
  );
  await gone(virtualMachineKind, name);
}

fault('people', 'deleted and made again under its name at once, three times', async () => {
  await apply(virtualMachineKind, name, blank());
  let last = await ready(name);
  for (let i = 0; i < 3; i++) {
    await remove(virtualMachineKind, name);
    await waitFor(
      'the new object to be accepted',
      async () => {
        await client.create(unrestricted, virtualMachineKind, manifest(blank().spec) as never);
        return true;
      },
      { timeoutMs: 60_000, intervalMs: 20 },
    );
    const next = await ready(name, 90_000);
    expect(next.metadata.uid).not.toBe(last.metadata.uid);
    expect(next.status?.uuid).not.toBe(last.status?.uuid);
    expect(next.status?.volumes?.[0]?.volumeName).not.toBe(last.status?.volumes?.[0]?.volumeName);
    last = next;
  }
});

fault(
  'people',
  'kubectl replace --force with another spec: a new machine, nothing of the old one is left',
  async () => {
    await apply(virtualMachineKind, name, blank());
    const before = await ready(name);
    const file = `${rig.dir}/replace.json`;
    writeFileSync(file, JSON.stringify(manifest({ ...blank().spec, memory: { size: '72Mi' } })));
    try {
      await rig.kubectl.run('replace', '--force', '--timeout=60s', '-f', file);
    } finally {
      rmSync(file, { force: true });
    }
    const after = await ready(name, 90_000);
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    expect(after.status?.uuid).not.toBe(before.status?.uuid);
  },
);

fault(
  'people',
  'made anew without its status while its machine runs: refused, and spec.uuid takes it over',
  async () => {
    await apply(virtualMachineKind, name, small());
    const first = await ready(name);
    await line(name, /^ready /);
    const old = placeOf(first);
    await forget(first);
    await apply(virtualMachineKind, name, small());
    const refused = await reason(name, 'Stalled', 'IdentityConflict');
    const { message } = condition(refused, 'Stalled') ?? { message: '' };
    expect(message).toContain(`host ${old.host}`);
    expect(message).toContain(`uid ${first.metadata.uid}`);
    expect(message).toContain(`spec.uuid to ${old.uuid}`);
    expect(refused.status?.printableStatus).toBe('Error');
    expect(await eventsOf(refused.metadata.uid)).toContain('IdentityConflict');
    // A refused object goes without touching what it collided with.
    await gone(virtualMachineKind, name);
    expect(await rig.virsh(old.host, 'domstate', old.uuid)).toContain('running');

    await apply(virtualMachineKind, name, small({ uuid: old.uuid }));
    const mended = await ready(name, 90_000);
    expect(placeOf(mended)).toEqual(old);
    expect(mended.status?.volumes?.[0]?.volumeName).toBe(first.status?.volumes?.[0]?.volumeName);
    expect(await rig.console(namespace, name), 'it ran on').not.toMatch(/^boots 2\b/m);
  },
);

fault('people', 'restored with its old status under a new uid: it is the same machine', async () => {
  await apply(virtualMachineKind, name, small());
  const first = await ready(name);
  await line(name, /^ready /);
  const old = placeOf(first);
  await rig.component('operator', 'stop');
  try {
    await forget(first);
    const restored = (await client.create(
      unrestricted,
      virtualMachineKind,
      manifest(small().spec) as never,
    )) as VirtualMachine;
    await client.patchByUid(
      unrestricted,
      virtualMachineKind,
      { namespace, name, uid: restored.metadata.uid },
      { metadata: { finalizers: ['virtfleet.io/finalizer'] } },
    );
    await client.patchByUid(
      unrestricted,
      virtualMachineKind,
      { namespace, name, uid: restored.metadata.uid },
      { status: first.status },
      { subresource: 'status' },
    );
  } finally {
    await rig.component('operator', 'start');
  }
  const after = await until(
    virtualMachineKind,
    name,
    'be Ready for its new object',
    (vm) =>
      condition(vm, 'Ready')?.status === 'True' &&
      vm.metadata.uid !== first.metadata.uid &&
      vm.status?.observedGeneration === vm.metadata.generation,
    120_000,
  );
  expect(placeOf(after)).toEqual(old);
  await waitFor(
    'the stamp to name the new object',
    async () => (await rig.virsh(old.host, 'dumpxml', old.uuid)).includes(after.metadata.uid),
    { timeoutMs: 60_000, intervalMs: 500 },
  );
  expect(await rig.console(namespace, name), 'it ran on').not.toMatch(/^boots 2\b/m);
});

const elsewhere = 'e2e-restored';

async function inNamespace<T>(run: () => Promise<T>): Promise<T> {
  await apply(namespaceKind, elsewhere, {});
  try {
    return await run();
  } finally {
    await remove(namespaceKind, elsewhere);
    await waitFor('that namespace to be gone', async () => (await get(namespaceKind, elsewhere)) === null, {
      timeoutMs: 90_000,
      intervalMs: 300,
    });
  }
}

fault('people', 'restored into another namespace: a new machine, and no hand on the first', async () => {
  await apply(storageVolumeKind, 'data', { spec: { poolName: 'local', size: '8Mi' } });
  const disks = [blankDisk(), { name: 'data', volumeName: 'data' }];
  await apply(virtualMachineKind, name, blank({ disks, interfaces: [] }));
  const first = await ready(name, 90_000);
  const host = first.status?.host?.name ?? '';
  const uuid = first.status?.uuid ?? '';
  const untouched = async (): Promise<void> => {
    expect(await rig.virsh(host, 'domstate', uuid)).toContain('running');
    const now = await ready(name);
    expect(now.status?.volumes?.map(({ volumeName }) => volumeName)).toEqual(
      first.status?.volumes?.map(({ volumeName }) => volumeName),
    );
  };
  await inNamespace(async () => {
    const ref = { namespace: elsewhere, name };
    const restore = async (over: object): Promise<void> => {
      await rig.kubectl.apply([{ ...manifest({ ...first.spec, ...over }), metadata: ref }]);
    };
    const told = async (wanted: string): Promise<string> => {
      let message = '';
      await waitFor(
        `the restored machine to be told ${wanted}`,
        async () => {
          const ready = condition((await client.get(virtualMachineKind, ref)) ?? first, 'Ready');
          message = ready?.message ?? '';
          return ready?.reason === wanted;
        },
        { timeoutMs: 60_000, intervalMs: 200 },
      );
      return message;
    };
    const removed = async (): Promise<void> => {
      await client.delete(unrestricted, virtualMachineKind, ref);
      await waitFor(
        'the restored machine to be gone',
        async () => (await client.get(virtualMachineKind, ref)) === null,
        {
          timeoutMs: 60_000,
          intervalMs: 200,
        },
      );
    };

    // Its StorageVolume stays where it was: a name does not reach into another namespace.
    await restore({});
    expect(await told('VolumeNotFound')).toContain('data');
    await removed();

    // Nor is a machine taken over from there by its UUID.
    await restore({ uuid, disks: [blankDisk()] });
    expect(await told('UUIDInUse')).toContain(`host ${host}`);
    await removed();

    // With its status, too: what it claims of a host is another machine's, and stays when it goes.
    await restore({ runStrategy: 'Halted', disks: [blankDisk()] });
    const { uid } = (await client.get(virtualMachineKind, ref))?.metadata ?? { uid: '' };
    const { volumes: _, ...status } = first.status ?? {};
    const finalizers = ['virtfleet.io/finalizer'];
    await client.patchByUid(unrestricted, virtualMachineKind, { ...ref, uid }, { metadata: { finalizers } });
    await client.patchByUid(unrestricted, virtualMachineKind, { ...ref, uid }, { status }, { subresource: 'status' });
    expect(await told('UUIDInUse')).toContain(uuid);
    await removed();
    await untouched();

    // A machine of that name with disks of its own is a new one, beside the first.
    await restore({ disks: [blankDisk()] });
    await told('Running');
    const second = await client.get(virtualMachineKind, ref);
    expect(second?.status?.uuid).not.toBe(uuid);
    await removed();
  });
  await untouched();
});
