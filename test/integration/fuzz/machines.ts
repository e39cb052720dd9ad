/** From a VirtualMachine that the API server took to the document that a host would be given, as the controller makes it. */
import type { StorageVolume } from '#api/v1alpha1/storage-volume.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import { type Capabilities, resolveMachine } from '#libvirt/capabilities.ts';
import type { DomainInput } from '#libvirt/domain.ts';
import { chooseCpu } from '../../../src/controllers/machine/cpu.ts';
import { domainInput } from '../../../src/controllers/machine/document.ts';
import { FleetLedger } from '../../../src/controllers/machine/ledger.ts';
import type { Problem } from '../../../src/controllers/machine/plan.ts';
import { planRecord } from '../../../src/controllers/machine/record.ts';
import { aNetwork, anImage, aPool, aVolume } from '../../../src/controllers/machine/testing.ts';
import { sizeOf } from '../../../src/controllers/size.ts';

type Spec = Record<string, unknown>;
type Named = Record<string, unknown> & { name?: string };

/** Random parts that exclude each other are rarely seen together by chance: the choice is made here. */
export function agreeing(spec: Spec, chance: number): Spec {
  const one = structuredClone(spec) as Spec & {
    cpu?: Named;
    disks?: Named[];
    interfaces?: Named[];
    cloudInit?: Named;
    memory?: Named;
    scheduling?: Named;
  };
  const kinds = ['template', 'volumeName', 'cdrom'] as const;
  const used = new Set<unknown>();
  one.disks = (one.disks ?? []).filter((disk, n) => {
    const given = kinds.filter((kind) => disk[kind] !== undefined);
    const keep = given[(chance + n) % Math.max(1, given.length)];
    for (const kind of kinds) if (kind !== keep) delete disk[kind];
    if (keep !== 'template') delete disk.reclaimPolicy;
    if (keep === 'cdrom') {
      delete disk.throttle;
      delete disk.discard;
      if (disk.bus === 'VirtIO') delete disk.bus;
    }
    if (disk.io === 'Native') disk.cache = 'None';
    const throttle = disk.throttle as Spec | undefined;
    if (throttle && chance % 2 === 0) for (const total of ['totalBytesPerSecond', 'totalIOPS']) delete throttle[total];
    else if (throttle)
      for (const part of ['readBytesPerSecond', 'writeBytesPerSecond', 'readIOPS', 'writeIOPS']) delete throttle[part];
    const template = disk.template as Spec | undefined;
    if (template && template.size === undefined && template.imageName === undefined) template.size = '64Mi';
    if (disk.volumeName !== undefined && used.has(disk.volumeName)) return false;
    used.add(disk.volumeName);
    return keep !== undefined;
  });
  let order = 1;
  for (const device of [...one.disks, ...(one.interfaces ?? [])])
    if (device.bootOrder !== undefined) device.bootOrder = order++;
  if (one.cpu?.mode === 'Custom') one.cpu.model ??= 'qemu64';
  else delete one.cpu?.model;
  if (chance % 3 > 0) delete one.cpu?.max;
  if (chance % 3 > 0) delete one.memory?.max;
  // rules between machines have many parts that exclude each other, and say nothing of the document
  if (chance % 4 > 0) delete one.scheduling;
  // Which classes there are no schema says.
  if (one.memory) delete one.className;
  else one.memory = { size: '64Mi' };
  if (one.cloudInit) {
    if (one.cloudInit.userData !== undefined) delete one.cloudInit.userDataSecretRef;
    if (one.cloudInit.networkData !== undefined) delete one.cloudInit.networkDataSecretRef;
    if (!one.disks.some((disk) => disk.template ?? disk.volumeName)) delete one.cloudInit;
  }
  delete one.firmware;
  return one;
}

/** Everything that the machine names is there; what the controller says against it all the same. */
export function documentOf(
  asked: VirtualMachine,
  domainType: DomainInput['domainType'],
  capabilities: Capabilities,
): { input: DomainInput } | { problems: Problem[] } {
  const { machine } = sizeOf(asked, undefined);
  const { spec, metadata } = machine;
  const disks = spec.disks ?? [];
  const named = <T>(names: (string | undefined)[], make: (name: string) => T): Map<string, T> =>
    new Map(names.flatMap((name) => (name === undefined ? [] : [[name, make(name)] as const])));
  const shown = new Set(disks.map((disk) => disk.cdrom?.imageName));
  const volumes = named<StorageVolume>(
    disks.map((disk) => disk.volumeName),
    (name) => ({
      ...aVolume(name, {
        phase: 'Ready',
        poolUID: 'pool-local',
        volumeName: `${name}.qcow2`,
        path: `/srv/vm/${name}.qcow2`,
        attachedTo: { kind: 'VirtualMachine', name: metadata.name, uid: metadata.uid },
      }),
    }),
  );
  const images = named<VirtualMachineImage>(
    disks.flatMap((disk) => [disk.template?.imageName, disk.cdrom?.imageName]),
    (name) => {
      const image = anImage(name);
      return { ...image, spec: { ...image.spec, format: shown.has(name) ? 'Raw' : 'QCOW2', pools: ['local'] } };
    },
  );
  const around = {
    pools: named([...disks.map((disk) => disk.template?.poolName), 'local'], (name) => aPool(name)),
    networks: named(
      (spec.interfaces ?? []).map((nic) => nic.networkName),
      (name) => aNetwork(name),
    ),
    images,
    volumes,
  };
  const record = planRecord({
    machine,
    uuid: spec.uuid ?? metadata.uid,
    around,
    ledger: new FleetLedger(),
    seed: spec.cloudInit ? { digest: `sha256:${'ab'.repeat(32)}` } : null,
    keepSeed: false,
    lost: new Set(),
  });
  if (record.problems.length > 0) return { problems: record.problems };
  const architecture = spec.architecture ?? 'x86_64';
  const wanted = spec.machineType ?? 'q35';
  const machineType = resolveMachine(capabilities, { arch: architecture, domainType, machine: wanted }) ?? wanted;
  const chosen = {
    uuid: spec.uuid ?? metadata.uid,
    incarnation: 1,
    domainType,
    architecture,
    machineType,
    cpu: chooseCpu(machine, domainType, []),
  };
  const made = record.volumes.map((volume) =>
    volume.role === 'CDROM' && !volume.base
      ? volume
      : {
          ...volume,
          phase: 'Ready' as const,
          path: volume.path ?? `/srv/vm/${volume.volumeName ?? `${volume.base?.imageName}.iso`}`,
        },
  );
  return {
    input: domainInput({
      fleet: 'fleet',
      machine,
      chosen,
      interfaces: record.interfaces,
      volumes: made,
      around,
      capabilities,
    }),
  };
}
