/** What another host is told of a machine that comes to it, and how it is moved there. Pure. */
import { putMetadata, readStamp, type Stamp, stampElement } from '../stamp.ts';
import { attr, child, children, find, removeChildren, setAttrs } from '../tree.ts';
import { parseXml, printXml } from '../xml.ts';
import { diskAlias } from './input.ts';
import { aliasOf, before } from './layout.ts';

/** A disk as it will be at the target. */
export interface MovedDisk {
  /** Our name of it. */
  name: string;
  /** File on the target. */
  path: string;
}

/**
 * The document for the target: the same machine with its incarnation there, and with files that lie elsewhere there.
 * `definedHash` is left out: libvirt on the target has not written its document yet. The chains of files that are named
 * anew are found by libvirt itself, from their headers.
 *
 * @param document live or inactive, with VIR_DOMAIN_XML_MIGRATABLE | SECURE
 * @throws Error when the document has no stamp: it is not ours to move
 */
export function destinationDocument(document: string, incarnation: number, disks: readonly MovedDisk[]): string {
  const root = parseXml(document);
  const stamp = readStamp(root);
  if (stamp === null) throw new Error('the document has no stamp');
  putMetadata(root, stampElement(stampAt(stamp, incarnation)), before('metadata'));
  for (const element of children(find(root, 'devices'), 'disk')) {
    const moved = disks.find(({ name }) => aliasOf(element) === diskAlias(name));
    const source = child(element, 'source');
    if (!moved || !source) continue;
    setAttrs(source, attr(source, 'dev') === undefined ? { file: moved.path } : { dev: moved.path });
    removeChildren(element, 'backingStore');
  }
  return printXml(root);
}

/** The stamp that it has there, before its document was read back. */
export function stampAt({ definedHash: _, ...stamp }: Stamp, incarnation: number): Stamp {
  return { ...stamp, incarnation };
}

/** libvirt's VIR_MIGRATE_…; numbers are the binding's. */
export type MoveFlag =
  | 'LIVE'
  | 'PERSIST_DEST'
  | 'UNDEFINE_SOURCE'
  | 'CHANGE_PROTECTION'
  | 'PAUSED'
  | 'NON_SHARED_INC'
  | 'UNSAFE'
  | 'AUTO_CONVERGE'
  | 'POSTCOPY'
  | 'PARALLEL'
  | 'TLS';

export interface MoveWish {
  /** The live document for the target, and the one that stays when it is off. */
  live: string;
  persistent: string;
  /** What the target is reached by; undefined: what it calls itself. */
  address?: string | undefined;
  /** Targets (vda) of the disks that only the source has: their contents are sent. */
  copied: readonly string[];
  /** It is let go on by us, after the source was seen gone. */
  paused: boolean;
  /** Disks lie in stores that the administrator says are shared; libvirt cannot see that of a directory. */
  sharedDisks: boolean;
  autoConverge: boolean;
  postCopy: boolean;
  /** 1: memory goes over one connection. */
  connections: number;
  tls: boolean;
  /** Bytes a second for all that is sent. */
  bandwidthBytes?: number | undefined;
}

/** By the names of libvirt's VIR_MIGRATE_PARAM_…. */
export interface MoveParams {
  destination_xml: string;
  persistent_xml: string;
  migrate_uri?: string;
  migrate_disks?: string[];
  /** MiB a second for each stream. */
  bandwidth?: number;
  'bandwidth.postcopy'?: number;
  'parallel.connections'?: number;
}

const MIB = 2 ** 20;

/** How libvirt is asked to move it. */
export function moveCall(wish: MoveWish): { flags: MoveFlag[]; params: MoveParams } {
  const isCopied = wish.copied.length > 0;
  // libvirt does not take several connections together with disks.
  const isParallel = wish.connections > 1 && !isCopied;
  const flags: MoveFlag[] = ['LIVE', 'PERSIST_DEST', 'UNDEFINE_SOURCE', 'CHANGE_PROTECTION'];
  if (wish.paused) flags.push('PAUSED');
  if (isCopied) flags.push('NON_SHARED_INC');
  if (wish.sharedDisks) flags.push('UNSAFE');
  if (wish.autoConverge) flags.push('AUTO_CONVERGE');
  if (wish.postCopy) flags.push('POSTCOPY');
  if (isParallel) flags.push('PARALLEL');
  if (wish.tls) flags.push('TLS');
  const bandwidth = perStream(wish);
  return {
    flags,
    params: {
      destination_xml: wish.live,
      persistent_xml: wish.persistent,
      ...(wish.address === undefined ? {} : { migrate_uri: `tcp://${bracketed(wish.address)}` }),
      ...(isCopied ? { migrate_disks: [...wish.copied] } : {}),
      ...(bandwidth === undefined ? {} : { bandwidth }),
      ...(bandwidth === undefined || !wish.postCopy ? {} : { 'bandwidth.postcopy': bandwidth }),
      ...(isParallel ? { 'parallel.connections': wish.connections } : {}),
    },
  };
}

/** libvirt holds memory, and each disk that is copied, to the limit by itself. */
function perStream({ bandwidthBytes, copied }: MoveWish): number | undefined {
  if (bandwidthBytes === undefined) return undefined;
  return Math.max(1, Math.floor(bandwidthBytes / MIB / (1 + copied.length)));
}

const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);
