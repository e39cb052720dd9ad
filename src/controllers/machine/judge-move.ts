/** Whether and how a machine can be moved at all, before a host is looked for. Pure; the answers are the migration's reasons. */
import type { StoragePool } from '#api/v1alpha1/storage-pool.ts';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import type { VirtualMachineImage } from '#api/v1alpha1/virtual-machine-image.ts';
import type { VirtualMachineMigrationSpec } from '#api/v1alpha1/virtual-machine-migration.ts';
import type { VirtualMachineMigrationReason } from '#api/v1alpha1/virtual-machine-migration-conditions.ts';
import { readyCopy } from './document.ts';
import { copiedVolumes, liveMigratable, stayingVolumes, volumesStay } from './live-migratable.ts';
import { list, type ObservedDomain } from './plan.ts';

export interface MoveInput {
  machine: VirtualMachine;
  migration: Pick<VirtualMachineMigrationSpec, 'mode' | 'copyStorage'>;
  domain: Pick<ObservedDomain, 'active' | 'paused' | 'halted'>;
  pools: ReadonlyMap<string, StoragePool>;
  /** By name, as the machine uses them. */
  images: ReadonlyMap<string, VirtualMachineImage>;
}

export type Judgement =
  | { kind: 'Refused' | 'Waiting'; reason: VirtualMachineMigrationReason; message: string }
  | {
      kind: 'Go';
      mode: 'Live' | 'Offline';
      /** It runs, and is stopped for the move. */
      startAfter: boolean;
      /** The only hosts that can have what its disks stand on; undefined: any. */
      hosts?: string[];
    };

export function judgeMove(o: MoveInput): Judgement {
  const how = planMode(o);
  if (how.kind !== 'Go') return how;
  const storage = storageProblem(o);
  if (storage) return storage;
  const hosts = hostsOfBases(o);
  return hosts === null ? how : { ...how, hosts };
}

function planMode({ machine, migration, domain, pools }: MoveInput): Judgement {
  const { policy } = machine.spec.migration;
  const { mode } = migration;
  if (policy === 'Never') {
    return refused('PolicyForbids', 'its spec.migration.policy is Never: set it to Live or Offline in the machine');
  }
  if (!domain.active) {
    if (machine.status?.run?.saved) {
      return refused(
        'NotLiveMigratable',
        'its memory is saved where it is, and only that host can go on from it: start it first, then move it',
      );
    }
    if (mode !== 'Live') return { kind: 'Go', mode: 'Offline', startAfter: false };
    return refused('MachineNotRunning', 'it is off, and mode Live moves what runs: use mode Auto in a new migration');
  }
  const stopped: Judgement = { kind: 'Go', mode: 'Offline', startAfter: true };
  if (mode === 'Offline') {
    if (policy === 'Offline') return stopped;
    const mend = 'stop it first, or set its spec.migration.policy to Offline to have it stopped, moved and started';
    return refused('MachineRunning', `it runs, and mode Offline moves what is off: ${mend}`);
  }
  const obstacle = liveObstacle(machine, domain, pools);
  if (obstacle === null) return { kind: 'Go', mode: 'Live', startAfter: false };
  if (mode === 'Auto' && policy === 'Offline') return stopped;
  const mend = mode === 'Auto' ? '; with spec.migration.policy Offline it would be stopped, moved and started' : '';
  return refused('NotLiveMigratable', `${obstacle}${mend}`);
}

function liveObstacle(machine: VirtualMachine, domain: MoveInput['domain'], pools: MoveInput['pools']): string | null {
  if (domain.halted) {
    return 'the hypervisor has paused it, for an error of a disk or by its watchdog: mend that, and let it go on by an operation of type Resume';
  }
  const live = liveMigratable(machine, machine.status ?? {}, pools);
  return live.can ? null : live.message;
}

function storageProblem({ machine, migration, pools, images }: MoveInput): Judgement | null {
  const { volumes } = machine.status ?? {};
  const staying = stayingVolumes(volumes, pools);
  if (staying.length > 0) return refused('NotLiveMigratable', volumesStay(staying));
  const copied = copiedVolumes(volumes, pools);
  if (copied.length > 0 && migration.copyStorage === 'Never') {
    const disks = list([...new Set(copied.map(({ name, poolName }) => `${name} (pool ${poolName})`))]);
    const mend = 'set copyStorage to IfNeeded in a new migration, or keep them in a shared pool';
    return refused('StorageNotShared', `only its host has ${disks}, and copyStorage is Never: ${mend}`);
  }
  const unmade = (volumes ?? []).filter(({ role, phase }) => role !== 'Volume' && phase !== 'Ready');
  if (unmade.length > 0) {
    const names = list(unmade.map(({ name }) => name));
    return { kind: 'Waiting', reason: 'Preparing', message: `${names} is being made or taken apart; it is moved then` };
  }
  const [baseless] = localBases(machine, pools).filter(({ base }) => images.get(base.name)?.metadata.uid !== base.uid);
  if (!baseless) return null;
  const what = `image ${baseless.base.name}, on which disk ${baseless.disk} stands, is not there any more`;
  return refused('NotLiveMigratable', `${what}, so no other host can have a copy of it`);
}

/** Images that come from a volume are where that volume is: they cannot be brought to another host. */
function hostsOfBases({ machine, pools, images }: MoveInput): string[] | null {
  let hosts: string[] | null = null;
  for (const { poolName, base } of localBases(machine, pools)) {
    const image = images.get(base.name);
    if (!image || image.spec.volumeName === undefined) continue;
    const having = (image.status?.copies ?? []).flatMap(({ hostName }) =>
      hostName && readyCopy(image, poolName, hostName)?.hostName === hostName ? [hostName] : [],
    );
    hosts = hosts === null ? having : hosts.filter((name) => having.includes(name));
  }
  return hosts;
}

interface LocalBase {
  disk: string;
  poolName: string | undefined;
  base: { name: string; uid: string };
}

/** What disks and drives in pools that each host has for itself stand on. */
function localBases(machine: VirtualMachine, pools: MoveInput['pools']): LocalBase[] {
  return (machine.status?.volumes ?? []).flatMap(({ name, role, poolName, base }) =>
    role !== 'Volume' && base && pools.get(poolName ?? '')?.spec.access === 'PerHost'
      ? [{ disk: name, poolName, base: { name: base.imageName, uid: base.imageUID } }]
      : [],
  );
}

/** Copies that must be at the target before the move begins, and are not there, in words. */
export function missingCopies(machine: VirtualMachine, images: MoveInput['images'], target: string): string[] {
  return (machine.status?.volumes ?? []).flatMap(({ name, role, poolName, base }): string[] => {
    const image = base ? images.get(base.imageName) : undefined;
    if (!base || role === 'Volume' || (image && readyCopy(image, poolName, target))) return [];
    const copy = image?.status?.copies?.find(({ key }) => key === `${poolName}/${target}`);
    const what = `image ${base.imageName} under disk ${name}`;
    if (copy?.phase === 'Failed') {
      return [`${what} could not be brought to pool ${poolName} there: ${copy.message ?? 'see the image'}`];
    }
    return [`${what} is being brought to pool ${poolName} there`];
  });
}

const refused = (reason: VirtualMachineMigrationReason, message: string): Judgement => ({
  kind: 'Refused',
  reason,
  message,
});
