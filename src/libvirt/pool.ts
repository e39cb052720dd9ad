/** Storage pools. */

export interface PoolInput {
  /** `poolUuid(fleet, uid)`. */
  uuid: string;
  name: string;
  /** A directory, or a file system on a block device mounted there. */
  source: { type: 'Dir' } | { type: 'FS'; device: string; format?: string };
  targetPath: string;
  /** Of the directory when libvirt builds it; `mode` in octal digits. */
  permissions?: { mode: string; owner?: number; group?: number };
}

export interface PoolFacts {
  uuid: string;
  name: string;
  /** libvirt's type: dir, fs, netfs, … */
  type: string;
  targetPath: string | null;
  sourceDevice: string | null;
  sourceFormat: string | null;
  capacityBytes: number;
  allocationBytes: number;
  availableBytes: number;
}

export function renderPool(input: PoolInput, current: string | null): string {
  throw new Error(`${input.name} ${current}`);
}

export function readPool(xml: string): PoolFacts {
  throw new Error(xml);
}
