/** Changes of a machine that is there: devices, size, disks that grow, and what its spec no longer names. */
import { quantityToNumber } from '#api/quantity.ts';
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import {
  attachDevice,
  blockResize,
  deleteVolume,
  detachDevice,
  domainXml,
  lookupVolume,
  removeReservation,
  resizeVolume,
  setVcpus,
  throttleDisk,
  updateDevice,
} from '#hostpool/ensure.ts';
import { type DomainChange, readDomain } from '#libvirt/domain.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import { type ActContext, poolOnHost } from './act-context.ts';
import { volumePath } from './document.ts';
import { ensureNetworks } from './provision.ts';

const LIVE = { live: true, config: false };

/** One after the other; what the hypervisor or the guest refuses waits for the next start, and status says so. */
export async function applyLive(ctx: ActContext): Promise<void> {
  const { seen, host } = ctx;
  const { memory, record } = seen;
  memory.liveTriedAt = ctx.services.deps.clock.now();
  if (seen.changes.some((change) => change.type === 'AttachInterface' || change.type === 'UpdateInterface'))
    await ensureNetworks(ctx);
  for (const change of seen.changes) {
    if (change.type === 'RestartRequired' || !record) continue;
    try {
      await applyOne(ctx, record.uuid, change);
    } catch (error) {
      const kind = errorClassOf(error);
      if (kind !== 'InvalidSpec' && kind !== 'Bug' && kind !== 'Capacity') throw error;
      memory.liveRefused.set(changeKey(change), toMessage(error));
    }
  }
  memory.verified = null;
  if (record) await host.refreshDomain(record.uuid);
}

export const changeKey = (change: DomainChange): string => JSON.stringify(change);

async function applyOne(
  { host, right }: ActContext,
  uuid: string,
  change: Exclude<DomainChange, { type: 'RestartRequired' }>,
): Promise<unknown> {
  switch (change.type) {
    case 'AttachDisk':
    case 'AttachInterface':
    case 'SetMemory':
      return attachDevice(host, right, uuid, change.xml, LIVE);
    case 'DetachDisk':
    case 'DetachInterface':
      return detachDevice(host, right, uuid, change.xml, LIVE);
    case 'UpdateDisk':
    case 'UpdateInterface':
      return updateDevice(host, right, uuid, change.xml, LIVE);
    case 'ThrottleDisk':
      return throttleDisk(host, right, uuid, change.target, change.params, LIVE);
    case 'SetVcpus':
      return setVcpus(host, right, uuid, change.vcpus, LIVE);
  }
}

/** By block resize while it runs (the guest sees it at once), else by resizing the volume. */
export async function grow(ctx: ActContext): Promise<void> {
  const { seen, host, right } = ctx;
  const active = seen.observation.domain?.active === true;
  const xml = active && seen.record ? await domainXml(host, seen.record.uuid, { inactive: false }) : null;
  const targets = new Map(xml ? readDomain(xml).disks.map((disk) => [disk.name, disk.target]) : []);
  for (const name of seen.observation.growing) {
    const disk = seen.machine.spec.disks?.find((d) => d.name === name);
    const volume = seen.recordPlan.volumes.find((v) => v.name === name);
    const size = disk?.template?.size ?? seen.around.volumes.get(disk?.volumeName ?? '')?.spec.size;
    if (!volume?.volumeName || size === undefined) continue;
    const bytes = quantityToNumber(size);
    // What is there counts, not what was recorded: a disk is never made smaller.
    const found = await lookupVolume(host, poolOnHost(ctx, volume.poolName).uuid, volume.volumeName);
    if (found && found.capacityBytes >= bytes) {
      seen.memory.learned.set(name, { ...volume, sizeBytes: found.capacityBytes });
      continue;
    }
    const target = targets.get(name);
    // A disk that the running machine does not have (an attach that was refused) is open nowhere.
    if (active && target && seen.record) await blockResize(host, right, seen.record.uuid, target, bytes);
    else await resizeVolume(host, right, poolOnHost(ctx, volume.poolName).uuid, volume.volumeName, bytes);
    seen.memory.learned.set(name, { ...volume, sizeBytes: bytes });
  }
}

/** Returns what is still attached and must wait; everything else is taken apart. */
export async function release(ctx: ActContext): Promise<string[]> {
  const { seen, host, right, services } = ctx;
  const { memory, recordPlan, machine } = seen;
  const xml =
    seen.observation.domain?.active && seen.record
      ? await domainXml(host, seen.record.uuid, { inactive: false })
      : null;
  const facts = xml ? readDomain(xml) : null;
  const busy: string[] = [];
  for (const volume of releasedVolumes(ctx)) {
    const path = volumePath({ around: seen.around }, volume);
    if (facts?.disks.some((disk) => disk.path !== null && disk.path === path)) {
      busy.push(volume.name);
      continue;
    }
    await removeOwnVolume(ctx, volume);
    memory.dropped.add(volume.name);
  }
  for (const nic of recordPlan.interfaces.filter((i) => recordPlan.releasedInterfaces.includes(i.name))) {
    if (facts?.interfaces.some((i) => i.mac.toLowerCase() === nic.mac.toLowerCase())) {
      busy.push(nic.name);
      continue;
    }
    if (nic.networkUID) await removeReservation(host, right, nic.networkUID, { mac: nic.mac });
    memory.dropped.add(nic.name);
  }
  if (busy.length === 0)
    services.deps.recorder.event(machine, {
      type: 'Normal',
      reason: 'DevicesRemoved',
      action: 'Release',
      note: 'What the spec no longer names was taken apart',
    });
  return busy;
}

function releasedVolumes({ seen }: ActContext): VolumeStatus[] {
  return seen.recordPlan.volumes.filter(
    (v) => v.phase === 'Released' || seen.recordPlan.releasedVolumes.includes(v.name),
  );
}

/** Only what we made and recorded, by the policy recorded with it. A StorageVolume and an image belong to others. */
export async function removeOwnVolume(ctx: ActContext, volume: VolumeStatus): Promise<void> {
  if ((volume.role !== 'Disk' && volume.role !== 'Seed') || !volume.volumeName) return;
  const where = `volume ${volume.volumeName} in pool ${volume.poolName} on host ${ctx.host.name}`;
  if (volume.reclaimPolicy !== 'Delete') {
    ctx.services.deps.recorder.event(ctx.seen.machine, {
      type: 'Normal',
      reason: 'VolumeRetained',
      action: 'Release',
      note: `Kept ${where}, as its reclaimPolicy says`,
    });
    return;
  }
  await deleteVolume(ctx.host, ctx.right, poolOnHost(ctx, volume.poolName).uuid, volume.volumeName);
}
