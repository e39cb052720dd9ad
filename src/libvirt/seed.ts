/** The NoCloud seed: a small ISO 9660 image with Joliet names, label `cidata`; the same input gives the same bytes. */

export interface SeedInput {
  instanceId: string;
  hostname: string;
  /** As cloud-init takes it (`#cloud-config`, a script, …). */
  userData?: string;
  /** Network configuration, version 1 or 2. */
  networkData?: string;
  /** More keys of meta-data, as YAML; instance-id and local-hostname are ours. */
  metaData?: string;
  sshKeys?: string[];
}

export function nocloudSeed(input: SeedInput): Uint8Array {
  throw new Error(input.hostname);
}

/** `sha256:…` of the image's bytes. */
export function seedDigest(image: Uint8Array): string {
  throw new Error(String(image.length));
}
