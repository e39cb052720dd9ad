/** Storage volumes. Their documents take no metadata: a volume is ours by its name alone, which stands in status before it is made. */

export interface VolumeInput {
  name: string;
  capacityBytes: number;
  /** Space taken at once; default 0 (grows as it is written). */
  allocationBytes?: number;
  format: 'qcow2' | 'raw' | 'iso';
  /** A linked overlay of this file. Its format is stated, never probed. */
  backing?: { path: string; format: 'qcow2' | 'raw' };
  /** Octal digits; default 0600. */
  mode?: string;
  owner?: number;
  group?: number;
}

export interface VolumeFacts {
  name: string;
  key: string | null;
  path: string | null;
  capacityBytes: number;
  allocationBytes: number;
  format: string | null;
  backing: { path: string; format: string | null } | null;
  mode: string | null;
}

export function renderVolume(input: VolumeInput): string {
  throw new Error(input.name);
}

export function readVolume(xml: string): VolumeFacts {
  throw new Error(xml);
}
