import {
  type CallOptions,
  type Connect,
  type StoragePool,
  VIR_STORAGE_POOL_BUILD_NEW,
  VIR_STORAGE_POOL_BUILD_NO_OVERWRITE,
  VIR_STORAGE_POOL_DEFINE_VALIDATE,
  VIR_STORAGE_XML_INACTIVE,
} from '@virtfleet/libvirt';
import { type PoolInput, renderPool } from '#libvirt/pool.ts';
import { parseXml, printXml } from '#libvirt/xml.ts';
import { reasonOf, VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import type { Done } from './domains.ts';
import { hasCode, orNull } from './errors.ts';
import { KeptHandles } from './handles.ts';
import type { Host } from './types.ts';

/** libvirt found something on the device, or a pool that was built already. */
const STORAGE_PROBE_FAILED = 75;
const STORAGE_POOL_BUILT = 76;

/** Making a file system, mounting it, and reading a directory of many volumes take their time. */
const SLOW = { timeoutMs: 120_000 } as const;
/** How long a pool that is busy is asked again, and how often. */
const BUSY_MS = 10_000;
const BUSY_AGAIN_MS = 250;

export const onPool =
  <T>(uuid: string, fn: (pool: StoragePool, o: CallOptions) => Promise<T>) =>
  async (c: Connect, o: CallOptions): Promise<T> =>
    fn(await poolHandles.get(c, uuid, () => c.storagePoolLookupByUUIDString(uuid, o)), o);

const poolHandles = new KeptHandles<StoragePool>();

/** The pool's definition; null: it is not there. */
export function poolXml(host: Host, uuid: string): Promise<string | null> {
  return orNull(
    host.read(
      'pool.xml',
      onPool(uuid, (pool, o) => pool.getXMLDesc(VIR_STORAGE_XML_INACTIVE, o)),
    ),
  );
}

export interface PoolOptions {
  /** IfMissing: the directory or file system is made when the pool does not start without. Never overwrites one. */
  build: 'Never' | 'IfMissing';
  /** Whether it starts with the host; default true. */
  autostart?: boolean;
}

/**
 * The pool is defined like this and runs. InvalidSpec NameCollision: a pool of that name has another UUID, so it is
 * somebody else's.
 */
export async function ensurePool(host: Host, right: Right, input: PoolInput, opts: PoolOptions): Promise<Done> {
  const { uuid } = input;
  const current = await poolXml(host, uuid);
  const wanted = renderPool(input, current);
  let done: Done = 'unchanged';
  if (current === null || wanted !== printXml(parseXml(current))) {
    if (current === null) await refuseForeign(host, input);
    await host
      .change('pool.define', right, (c, o) => c.storagePoolDefineXML(wanted, VIR_STORAGE_POOL_DEFINE_VALIDATE, o))
      .catch((error: unknown) => {
        throw withMend(error, input, opts);
      });
    done = 'changed';
  }
  const autostart = opts.autostart ?? true;
  if (
    (await host.read(
      'pool.autostart',
      onPool(uuid, (pool, o) => pool.getAutostart(o)),
    )) !== autostart
  ) {
    await host.change(
      'pool.autostart',
      right,
      onPool(uuid, (pool, o) => pool.setAutostart(autostart, o)),
    );
    done = 'changed';
  }
  const record = await host.refreshPool(uuid);
  if (record?.active) return done;
  await startPool(host, right, input, opts).catch((error: unknown) => {
    throw withMend(error, input, opts);
  });
  await host.refreshPool(uuid);
  return 'changed';
}

/** libvirt says what failed; what a person can do about it follows from what the pool is made of. */
function withMend(error: unknown, input: PoolInput, opts: PoolOptions): unknown {
  if (!(error instanceof VirtfleetError) || error.mend !== undefined) return error;
  if (error.errorClass === 'OutcomeUnknown' || error.errorClass === 'LeaseLost') return error;
  const { errorClass, reason, message, host, object, cause } = error;
  return new VirtfleetError(errorClass, reason, message, { host, object, cause, mend: mendOf(message, input, opts) });
}

function mendOf(message: string, { source, targetPath }: PoolInput, { build }: PoolOptions): string {
  if (/conflict with pool/.test(message)) {
    return 'Make a StoragePool with another spec.targetPath or spec.fs.device, or use the pool that is there by poolName and adoptExisting';
  }
  if (source.type === 'FS') {
    return `See that ${source.device} is a block device there, with a file system that can be mounted on ${targetPath}, or make a StoragePool with another spec.fs.device`;
  }
  const make = build === 'Never' ? ', or set spec.build to IfMissing' : '';
  return `See that ${targetPath} is a directory there that libvirt can use${make}, or make a StoragePool with another spec.targetPath`;
}

/** Tried without building first: building sets owner and mode of a directory that is there already. */
async function startPool(host: Host, right: Right, input: PoolInput, opts: PoolOptions): Promise<void> {
  const start = () =>
    host.change(
      'pool.start',
      right,
      onPool(input.uuid, (pool, o) => pool.create(0, o)),
      SLOW,
    );
  try {
    await start();
    return;
  } catch (error) {
    if ((await host.refreshPool(input.uuid))?.active) return;
    const isMissing =
      error instanceof VirtfleetError && error.errorClass !== 'OutcomeUnknown' && error.errorClass !== 'LeaseLost';
    if (opts.build === 'Never' || !isMissing) throw error;
  }
  const flags = input.source.type === 'Dir' ? VIR_STORAGE_POOL_BUILD_NEW : VIR_STORAGE_POOL_BUILD_NO_OVERWRITE;
  try {
    await host.change(
      'pool.build',
      right,
      onPool(input.uuid, (pool, o) => pool.build(flags, o)),
      SLOW,
    );
  } catch (error) {
    if (!hasCode(error, STORAGE_PROBE_FAILED, STORAGE_POOL_BUILT)) throw error;
  }
  await start();
}

async function refuseForeign(host: Host, input: PoolInput): Promise<void> {
  const other = await orNull(host.read('pool.lookup', (c, o) => c.storagePoolLookupByName(input.name, o)));
  if (other === null || other.uuid === input.uuid) return;
  throw new VirtfleetError(
    'InvalidSpec',
    'NameCollision',
    `Host ${host.name} has a pool ${input.name} that is not ours (its UUID is ${other.uuid})`,
    { host: host.name, object: input.name, mend: 'Set another poolName, or adoptExisting: true to use that pool' },
  );
}

/**
 * Reads the store anew: needed when files came by another way than this host's libvirt. Refused while a volume is being made
 * there: that is over in a moment, or (a copy) may take hours. Transient PoolBusy after ten seconds.
 */
export async function refreshPoolContents(host: Host, right: Right, uuid: string): Promise<Done> {
  const refresh = onPool(uuid, (pool, o) => pool.refresh(0, o));
  for (let waitedMs = 0; ; waitedMs += BUSY_AGAIN_MS) {
    try {
      await host.change('pool.refresh', right, refresh, SLOW);
      break;
    } catch (error) {
      if (reasonOf(error) !== 'PoolBusy' || waitedMs >= BUSY_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_AGAIN_MS));
    }
  }
  await host.refreshPool(uuid);
  return 'changed';
}

/** Stops and undefines it; what is stored in it stays where it is. Gone: success. */
export async function removePool(host: Host, right: Right, uuid: string): Promise<Done> {
  const record = await host.refreshPool(uuid);
  if (record === null) return 'unchanged';
  if (record.active)
    await orNull(
      host.change(
        'pool.stop',
        right,
        onPool(uuid, (pool, o) => pool.destroy(o)),
        SLOW,
      ),
    );
  await orNull(
    host.change(
      'pool.undefine',
      right,
      onPool(uuid, (pool, o) => pool.undefine(o)),
    ),
  );
  await host.refreshPool(uuid);
  return 'changed';
}
