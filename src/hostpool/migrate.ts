import {
  type TypedValue,
  type TypedValues,
  VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE,
  VIR_DOMAIN_JOB_COMPLETED,
  VIR_DOMAIN_JOB_NONE,
  VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN,
  VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT,
  VIR_DOMAIN_JOB_STATS_COMPLETED,
  VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED,
  VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA,
  VIR_DOMAIN_UNDEFINE_KEEP_NVRAM,
  VIR_DOMAIN_UNDEFINE_KEEP_TPM,
  VIR_DOMAIN_XML_INACTIVE,
  VIR_DOMAIN_XML_MIGRATABLE,
  VIR_DOMAIN_XML_SECURE,
  VIR_MIGRATE_AUTO_CONVERGE,
  VIR_MIGRATE_CHANGE_PROTECTION,
  VIR_MIGRATE_LIVE,
  VIR_MIGRATE_NON_SHARED_INC,
  VIR_MIGRATE_PARALLEL,
  VIR_MIGRATE_PAUSED,
  VIR_MIGRATE_PERSIST_DEST,
  VIR_MIGRATE_POSTCOPY,
  VIR_MIGRATE_TLS,
  VIR_MIGRATE_UNDEFINE_SOURCE,
  VIR_MIGRATE_UNSAFE,
} from '@virtfleet/libvirt';
import type { MoveFlag, MoveParams } from '#libvirt/domain.ts';
import type { Right } from '#platform/right.ts';
import { type Done, onDomain } from './domains.ts';
import { hasCode, libvirtCode, orElse, orNull } from './errors.ts';
import { withHandle } from './handles.ts';
import type { Host } from './types.ts';

const { NO_SUPPORT, NO_DOMAIN, OPERATION_INVALID } = libvirtCode;
const INVALID_ARG = 8;
const CPU_INCOMPATIBLE = 91;

const flagBits: Readonly<Record<MoveFlag, number>> = {
  LIVE: VIR_MIGRATE_LIVE,
  PERSIST_DEST: VIR_MIGRATE_PERSIST_DEST,
  UNDEFINE_SOURCE: VIR_MIGRATE_UNDEFINE_SOURCE,
  CHANGE_PROTECTION: VIR_MIGRATE_CHANGE_PROTECTION,
  PAUSED: VIR_MIGRATE_PAUSED,
  NON_SHARED_INC: VIR_MIGRATE_NON_SHARED_INC,
  UNSAFE: VIR_MIGRATE_UNSAFE,
  AUTO_CONVERGE: VIR_MIGRATE_AUTO_CONVERGE,
  POSTCOPY: VIR_MIGRATE_POSTCOPY,
  PARALLEL: VIR_MIGRATE_PARALLEL,
  TLS: VIR_MIGRATE_TLS,
};

export interface Migration {
  uuid: string;
  flags: readonly MoveFlag[];
  params: MoveParams;
}

/** Who gives up one of the hosts during a move: its connection is cut, and libvirt takes back what it can. */
export interface MigrationCuts {
  source: AbortSignal;
  target: AbortSignal;
}

/**
 * Moves a running domain, driven by this process over a connection of its own to each host. Resolves when libvirt says
 * that it is at the target and gone from the source. What happened after any error is to be looked for on both hosts,
 * after they were listed anew: also a call that libvirt refused may have come further than it says.
 *
 * When this process dies or the right ends, both hosts see their connection go: the target's copy vanishes and the source
 * goes on, unless the machine was being handed over; then it stands still on one of them.
 */
export async function migrateDomain(
  source: Host,
  target: Host,
  right: Right,
  { uuid, flags, params }: Migration,
  cuts: MigrationCuts,
): Promise<void> {
  const bits = flags.reduce((sum, flag) => sum | flagBits[flag], 0);
  await target.dedicated(
    'domain.receive',
    right,
    (there) =>
      source.dedicated(
        'domain.migrate',
        right,
        async (here, o) => {
          const domain = await here.domainLookupByUUIDString(uuid, o);
          await withHandle(domain, async (handle) => {
            (await handle.migrate3(there, { ...params }, bits, o))[Symbol.dispose]();
          });
        },
        { changes: true, signal: cuts.source, isWatched: true },
      ),
    // Connecting changes nothing; what comes here is the source's call.
    { changes: false, signal: cuts.target, isWatched: true },
  );
}

/** How far a job of a domain is. What the hypervisor does not tell is absent. */
export interface JobFacts {
  kind: 'MigrationOut' | 'MigrationIn' | 'Other';
  /** Bytes of memory and disks. */
  processedBytes: number;
  totalBytes: number;
  remainingBytes: number;
  /** Passes over the memory. */
  iteration?: number;
  /** Of the whole job, ms. */
  elapsedMs?: number;
  /** Expected, or measured when the job is done, ms. */
  downtimeMs?: number;
}

/** Null: it has none. On a target libvirt does not tell of the job that is coming in. */
export async function domainJob(host: Host, uuid: string): Promise<JobFacts | null> {
  const read = onDomain(uuid, (domain, o) => domain.getJobStats(0, o));
  const stats = await orElse(host.read('domain.job', read, { monitorOf: uuid }), null, NO_DOMAIN, OPERATION_INVALID);
  return stats === null || stats.type === VIR_DOMAIN_JOB_NONE ? null : jobFacts(stats.params);
}

/** The last job that was done, told by the host that the domain is on now. Null: it has forgotten. */
export async function completedJob(host: Host, uuid: string): Promise<JobFacts | null> {
  const flags = VIR_DOMAIN_JOB_STATS_COMPLETED | VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED;
  const read = onDomain(uuid, (domain, o) => domain.getJobStats(flags, o));
  const gone = [NO_DOMAIN, OPERATION_INVALID, NO_SUPPORT, INVALID_ARG];
  const stats = await orElse(host.read('domain.job', read), null, ...gone);
  return stats?.type === VIR_DOMAIN_JOB_COMPLETED ? jobFacts(stats.params) : null;
}

/** Exported for its table. */
export function jobFacts(params: TypedValues): JobFacts {
  const operation = numberOf(params.operation);
  const facts: JobFacts = {
    kind:
      operation === VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT
        ? 'MigrationOut'
        : operation === VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN
          ? 'MigrationIn'
          : 'Other',
    processedBytes: numberOf(params.data_processed) ?? 0,
    totalBytes: numberOf(params.data_total) ?? 0,
    remainingBytes: numberOf(params.data_remaining) ?? 0,
  };
  const [iteration, elapsedMs, downtimeMs] = ['memory_iteration', 'time_elapsed', 'downtime'].map((name) =>
    numberOf(params[name]),
  );
  if (iteration !== undefined) facts.iteration = iteration;
  if (elapsedMs !== undefined) facts.elapsedMs = elapsedMs;
  if (downtimeMs !== undefined) facts.downtimeMs = downtimeMs;
  return facts;
}

const numberOf = (value: TypedValue | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

/** Asks the hypervisor to give up the domain's job. There is none: success. It ends a moment after that. */
export async function abortJob(host: Host, right: Right, uuid: string): Promise<Done> {
  const abort = onDomain(uuid, async (domain, o) => {
    await domain.abortJob(o);
    return 'changed' as const;
  });
  return orElse(host.change('domain.abortJob', right, abort), 'unchanged' as const, NO_DOMAIN, OPERATION_INVALID);
}

/** From now on the machine runs at the target, and its memory follows. Only in a move that allows it. */
export async function startPostCopy(host: Host, right: Right, uuid: string): Promise<void> {
  const start = onDomain(uuid, (domain, o) => domain.migrateStartPostCopy(0, o));
  await host.change('domain.startPostCopy', right, start, { monitorOf: uuid });
}

/** How long the machine may stand still at the end of its next move. */
export async function setMaxDowntime(host: Host, right: Right, uuid: string, downtimeMs: number): Promise<void> {
  const set = onDomain(uuid, (domain, o) => domain.migrateSetMaxDowntime(downtimeMs, 0, o));
  await host.change('domain.setMaxDowntime', right, set, { monitorOf: uuid });
}

/** The document as another host is to be told it, secrets included; null: the domain is not there. */
export function migratableXml(host: Host, uuid: string, opts: { inactive: boolean }): Promise<string | null> {
  const flags = VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_MIGRATABLE | (opts.inactive ? VIR_DOMAIN_XML_INACTIVE : 0);
  const read = onDomain(uuid, (domain, o) => domain.getXMLDesc(flags, o));
  return orNull(host.read('domain.xml', read));
}

export interface GuestCpu {
  emulator: string | null;
  arch: string | null;
  machineType: string | null;
  domainType: string;
  /** The `<cpu>` of the live document. */
  xml: string;
}

/** Whether the hypervisor of the host can show that CPU to a guest. Null: it does not judge. Otherwise why not. */
export async function cpuRefusal(host: Host, cpu: GuestCpu): Promise<string | null> {
  try {
    await host.read('host.compareCpu', (c, o) =>
      c.compareHypervisorCPU(
        cpu.emulator,
        cpu.arch,
        cpu.machineType,
        cpu.domainType,
        cpu.xml,
        VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE,
        o,
      ),
    );
    return null;
  } catch (error) {
    if (hasCode(error, CPU_INCOMPATIBLE)) return error instanceof Error ? error.message : String(error);
    if (hasCode(error, NO_SUPPORT, 67, 84)) return null;
    throw error;
  }
}

/** What keeps a machine that is off from being moved: nothing of this goes along with a definition. Null: nothing. */
export async function boundToHost(host: Host, uuid: string): Promise<'ManagedSave' | 'Snapshots' | null> {
  const read = onDomain(uuid, async (domain, o) => {
    if (await orElse(domain.hasManagedSaveImage(0, o), false, NO_SUPPORT)) return 'ManagedSave';
    return (await orElse(domain.snapshotNum(0, o), 0, NO_SUPPORT)) > 0 ? 'Snapshots' : null;
  });
  return host.read('domain.bound', read);
}

/**
 * Takes the definition of a machine that has moved off the host. Its NVRAM and TPM state stay, for they may be shared
 * with the target; a saved memory image or a snapshot make libvirt refuse. Gone: success. The domain must be off.
 */
export async function releaseDefinition(host: Host, right: Right, uuid: string): Promise<Done> {
  const keep = VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA | VIR_DOMAIN_UNDEFINE_KEEP_NVRAM;
  if ((await host.refreshDomain(uuid)) === null) return 'unchanged';
  const undefine = (flags: number) =>
    orNull(
      host.change(
        'domain.undefine',
        right,
        onDomain(uuid, (domain, o) => domain.undefineFlags(flags, o)),
      ),
    );
  try {
    await undefine(keep | VIR_DOMAIN_UNDEFINE_KEEP_TPM);
  } catch (error) {
    // libvirt before 8.9 keeps the TPM's state by itself.
    if (!hasCode(error, INVALID_ARG)) throw error;
    await undefine(keep);
  }
  await host.refreshDomain(uuid);
  return 'changed';
}
