import { randomUUID } from 'node:crypto';
import {
  type CallOptions,
  type Connect,
  VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE,
  VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT,
} from '@virtfleet/libvirt';
import { el, printXml } from '#libvirt/xml.ts';
import { VirtfleetError } from '#platform/errors.ts';
import type { Right } from '#platform/right.ts';
import { libvirtCode, orElse } from './errors.ts';
import type { Host } from './types.ts';

/**
 * libvirt has no boot id. A *transient* pool of a random name outlives libvirtd's death and goes with /run when the host
 * reboots: as long as it is there, the host has not been restarted.
 */
const PREFIX = 'virtfleet-boot-';
/** Exists wherever libvirtd runs, is private to the host and empty after a boot. */
const TARGET = '/run/libvirt';

/** The boot mark that is on the host now, or null. */
export async function bootMarkOf(c: Connect, o: CallOptions): Promise<string | null> {
  const flags = VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT | VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE;
  const pools = await orElse(c.listAllStoragePools(flags, o), [], libvirtCode.NO_SUPPORT);
  const mark = pools.map(({ name }) => name).find((name) => name.startsWith(PREFIX));
  return mark?.slice(PREFIX.length) ?? null;
}

/** Reads the mark, or makes one. A mark that was made but never recorded is read back, not made again. */
export async function ensureBootMark(host: Host, right: Right): Promise<string> {
  const present = await host.read('bootMark.read', bootMarkOf);
  if (present !== null) return present;
  const mark = randomUUID();
  const xml = printXml(
    el('pool', { type: 'dir' }, [el('name', {}, [`${PREFIX}${mark}`]), el('target', {}, [el('path', {}, [TARGET])])]),
  );
  try {
    await host.change('bootMark.create', right, (c, o) => c.storagePoolCreateXML(xml, 0, o));
  } catch (error) {
    // Another of our processes was first: libvirt refuses a second pool on that path.
    const theirs = await host.read('bootMark.read', bootMarkOf);
    if (theirs === null) throw error;
  }
  const { bootMark } = await host.refreshFacts();
  if (bootMark === null) {
    throw new VirtfleetError(
      'Transient',
      'BootMarkVanished',
      `Host ${host.name}: the boot mark was made and is not there`,
      { host: host.name },
    );
  }
  return bootMark;
}
