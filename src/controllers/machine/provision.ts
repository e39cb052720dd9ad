/** Brings everything that a machine needs to its host, and defines it there. Each step looks first, and may be repeated. */
import { quantityToNumber } from '#api/quantity.ts';
import type { InterfaceStatus, VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { VirtualNetwork } from '#api/v1alpha1/virtual-network.ts';
import {
  addReservation,
  createVolume,
  defineStamped,
  disableAutostart,
  domainXml,
  ensureNetwork,
  ensureReservation,
  uploadVolume,
} from '#hostpool/ensure.ts';
import type { DomainRecord, Host } from '#hostpool/types.ts';
import { documentHash, renderDomain } from '#libvirt/domain.ts';
import { renderVolume } from '#libvirt/volume.ts';
import { VirtfleetError } from '#platform/errors.ts';
import { networkInput } from '../network-input.ts';
import { type ActContext, poolOnHost } from './act-context.ts';
import { fetchSeed } from './cloud-init.ts';
import { readyCopy, stampOf } from './document.ts';
import { verifiedKey } from './documents.ts';
import { domainState } from './domain-state.ts';
import { explainDisk } from './missing-disks.ts';
import type { Seen } from './observe.ts';

export async function provision(ctx: ActContext): Promise<void> {
  refuseCollision(ctx);
  await ensureNetworks(ctx);
  for (const volume of ctx.seen.recordPlan.volumes) {
    if (volume.role === 'Disk') await ensureDisk(ctx, volume);
    if (volume.role === 'Seed' && volume.phase !== 'Released') await ensureSeed(ctx, volume);
    if (volume.role === 'CDROM') learnCdrom(ctx, volume);
  }
  await define(ctx);
}

/** A domain of our name that is not ours is left alone. */
function refuseCollision({ seen, host, object }: ActContext): void {
  const { input, record } = seen;
  if (!input || record) return;
  for (const domain of host.inventory?.domains.values() ?? []) {
    if (domain.name !== input.name || domain.uuid === input.uuid) continue;
    throw new VirtfleetError(
      'InvalidSpec',
      'NameCollision',
      `host ${host.name} has a domain named ${domain.name} (${domain.uuid}) that is not this machine's; it is left alone`,
      {
        host: host.name,
        object,
        mend: `Rename it there (virsh domrename), remove it, or give this machine another name`,
      },
    );
  }
}

/** A start that follows its definition by less need not read the networks again, when libvirt tells of no change. */
const NETWORKS_FRESH_MS = 5_000;

/** Networks that were brought in order on a host a moment ago, for another machine: by host, not by machine. */
class NetworksInOrder {
  readonly #seen = new WeakMap<Host, Map<string, { generation: number | undefined; at: number }>>();

  isSeen(host: Host, { metadata }: VirtualNetwork, now: number): boolean {
    const seen = this.#seen.get(host)?.get(metadata.uid);
    const record = host.inventory?.networks.get(metadata.uid);
    if (!seen || !record?.active || !record.autostart || !host.inSight) return false;
    return seen.generation === metadata.generation && now - seen.at < NETWORKS_FRESH_MS;
  }

  note(host: Host, { metadata }: VirtualNetwork, now: number): void {
    const networks = this.#seen.get(host) ?? new Map();
    this.#seen.set(host, networks.set(metadata.uid, { generation: metadata.generation, at: now }));
  }
}
const inOrder = new NetworksInOrder();

/** Before a start: a host may have been reset since. */
export async function ensureNetworksForStart(ctx: ActContext): Promise<void> {
  const { seen, host, services } = ctx;
  const { networksSeenAt } = seen.memory;
  const isFresh = networksSeenAt !== null && services.deps.clock.monotonicMs() - networksSeenAt < NETWORKS_FRESH_MS;
  const run = seen.recordPlan.interfaces.every(
    (nic) => nic.networkUID !== undefined && host.inventory?.networks.get(nic.networkUID)?.active === true,
  );
  if (!isFresh || !run || !host.inSight) await ensureNetworks(ctx);
}

/** Networks run and hold our reservations. */
export async function ensureNetworks(ctx: ActContext): Promise<void> {
  const { seen, services } = ctx;
  const { interfaces, releasedInterfaces } = seen.recordPlan;
  const isFirst = seen.record === null && seen.memory.networksSeenAt === null;
  await ensureNetworksOn(
    ctx,
    interfaces.filter(({ name }) => !releasedInterfaces.includes(name)),
    isFirst,
  );
  seen.memory.networksSeenAt = services.deps.clock.monotonicMs();
}

/** The same on any host. `isFirst`: no reservation of the machine can be there yet. */
export async function ensureNetworksOn(
  { services, seen, host, right }: ActContext,
  interfaces: readonly InterfaceStatus[],
  isFirst: boolean,
): Promise<void> {
  const now = (): number => services.deps.clock.monotonicMs();
  // A name stands for one address in a network: the machine's first interface there has it.
  const named = new Set<string>();
  for (const nic of interfaces) {
    const network = seen.around.networks.get(nic.networkName);
    if (!network) continue;
    if (!inOrder.isSeen(host, network, now())) {
      await ensureNetwork(host, right, networkInput(network, services.deps.fleetId));
      inOrder.note(host, network, now());
    }
    const reserved = nic.addresses?.find((a) => a.source === 'Reserved');
    if (!reserved) continue;
    const entry = {
      mac: nic.mac,
      ip: reserved.address,
      ...(named.has(network.metadata.uid) ? {} : { name: seen.machine.metadata.name }),
    };
    const isAdded = isFirst && (await addReservation(host, right, network.metadata.uid, entry));
    if (!isAdded) await ensureReservation(host, right, network.metadata.uid, entry);
    named.add(network.metadata.uid);
  }
}

async function ensureDisk(ctx: ActContext, volume: VolumeStatus): Promise<void> {
  if (volume.phase === 'Ready' || !volume.volumeName) return;
  const pool = poolOnHost(ctx, volume.poolName);
  const base = baseOf(ctx, volume);
  const wanted = wantedBytes(ctx, volume);
  const xml = renderVolume({
    name: volume.volumeName,
    capacityBytes: wanted,
    format: 'qcow2',
    ...(base ? { backing: { path: base.path, format: base.format } } : {}),
  });
  const found = await createVolume(ctx.host, ctx.right, pool.uuid, xml).catch((cause: unknown) =>
    explainDisk(ctx, volume, base?.volumeName, cause),
  );
  if ((found.backing?.path ?? null) !== (base?.path ?? null) || found.capacityBytes < wanted) {
    throw new VirtfleetError(
      'InvalidSpec',
      'VolumeMismatch',
      `volume ${volume.volumeName} in pool ${volume.poolName} on host ${ctx.host.name} is not what was recorded (${found.capacityBytes} bytes on ${found.backing?.path ?? 'nothing'}); it is left alone`,
      {
        host: ctx.host.name,
        object: ctx.object,
        mend: 'Remove that file if it is of no use, and the disk is made anew',
      },
    );
  }
  learn(ctx, volume, {
    ...(found.path ? { path: found.path } : {}),
    sizeBytes: found.capacityBytes,
    ...(base ? standingOn(volume, base) : {}),
  });
}

interface Copy {
  path: string;
  volumeName: string | undefined;
  format: 'qcow2' | 'raw';
}

function baseOf({ seen, host, object }: ActContext, volume: VolumeStatus): Copy | null {
  if (!volume.base) return null;
  const image = seen.around.images.get(volume.base.imageName);
  const copy = image?.metadata.uid === volume.base.imageUID ? readyCopy(image, volume.poolName, host.name) : undefined;
  if (image && copy?.path)
    return { path: copy.path, volumeName: copy.volumeName, format: image.spec.format === 'Raw' ? 'raw' : 'qcow2' };
  throw new VirtfleetError(
    'Transient',
    'ImageNotReady',
    `image ${volume.base.imageName} is not ready in pool ${volume.poolName} on host ${host.name}`,
    { host: host.name, object },
  );
}

/** As the spec says, and never less than the image. */
function wantedBytes({ seen }: ActContext, volume: VolumeStatus): number {
  const size = seen.machine.spec.disks?.find((d) => d.name === volume.name)?.template?.size;
  const image = volume.base ? seen.around.images.get(volume.base.imageName)?.status?.sizeBytes : undefined;
  return Math.max(size === undefined ? 0 : quantityToNumber(size), image ?? 0);
}

/** Until a domain is defined with it, an upload that is not known to have ended is made anew. */
async function ensureSeed(ctx: ActContext, volume: VolumeStatus): Promise<void> {
  if (volume.phase === 'Ready' || !volume.volumeName) return;
  const { seen, host, right, services } = ctx;
  const pool = poolOnHost(ctx, volume.poolName);
  const seed =
    seen.seed.kind === 'Ready'
      ? seen.seed
      : await fetchSeed(services.deps.client, seen.machine, seen.chosen?.uuid ?? '');
  if (seed.kind !== 'Ready' || seed.digest !== volume.digest) {
    const problem = seed.kind === 'Problem' ? seed.problem.message : 'its content has changed since it was recorded';
    throw new VirtfleetError('Transient', 'SeedNotReady', `the cloud-init seed cannot be written: ${problem}`, {
      host: host.name,
      object: ctx.object,
    });
  }
  const found = await createVolume(
    host,
    right,
    pool.uuid,
    renderVolume({ name: volume.volumeName, capacityBytes: seed.bytes.length, format: 'raw' }),
  );
  await uploadVolume(host, right, pool.uuid, volume.volumeName, seed.bytes, {
    length: seed.bytes.length,
    signal: right.signal,
  });
  learn(ctx, volume, { ...(found.path ? { path: found.path } : {}), sizeBytes: seed.bytes.length, uploaded: true });
}

function learnCdrom(ctx: ActContext, volume: VolumeStatus): void {
  if (!volume.base || volume.phase === 'Ready') return;
  const base = baseOf(ctx, volume);
  if (base) learn(ctx, volume, { path: base.path, ...standingOn(volume, base) });
}

function standingOn(volume: VolumeStatus, { path, volumeName }: Copy): Pick<VolumeStatus, 'base'> {
  return volume.base ? { base: { ...volume.base, path, ...(volumeName ? { volumeName } : {}) } } : {};
}

/** What was learned of a volume stands in status with the next write; until then it is remembered here. */
function learn({ seen }: ActContext, volume: VolumeStatus, facts: Partial<VolumeStatus>): void {
  seen.memory.learned.set(volume.name, { ...volume, ...facts, phase: 'Ready' });
}

async function define({ seen, host, right, services }: ActContext): Promise<void> {
  const { input, chosen, machine, specHash } = seen;
  if (!input || !chosen) return;
  const stamp = stampOf({ fleet: services.deps.fleetId, machine, chosen }, specHash);
  // Rendering anew would move devices: what is there is edited, and read if nobody has.
  const current = seen.record ? (seen.inactiveXml ?? (await domainXml(host, input.uuid, { inactive: true }))) : null;
  const xml = renderDomain({ ...input, stamp }, current);
  let definedHash = '';
  await defineStamped(host, right, xml, (document) => {
    definedHash = documentHash(document);
    return { ...stamp, definedHash };
  });
  if ((await disableAutostart(host, right, input.uuid)) === 'changed') {
    services.deps.recorder.event(machine, {
      type: 'Warning',
      reason: 'AutostartDisabled',
      action: 'Provision',
      note: `Host ${host.name} was told to start it by itself (virsh autostart): turned off, spec.runStrategy decides`,
    });
  }
  noteDefined(seen, host.inventory?.domains.get(input.uuid), definedHash);
}

/** What was read of it behind the definition is what was defined: its document is known, until it is read anew. */
function noteDefined({ memory, specHash }: Seen, now: DomainRecord | undefined, definedHash: string): void {
  const isOurs = now?.stamp?.specHash === specHash && now.stamp.definedHash === definedHash;
  if (!now || !isOurs || domainState(now).active) return;
  Object.assign(memory, { verified: verifiedKey(now, specHash), drift: [], restartRequired: [] });
}
