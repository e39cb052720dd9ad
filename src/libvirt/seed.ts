/** The NoCloud seed: a small ISO image, label `cidata`; the same input gives the same bytes, so that its name can carry its digest. */
import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { VirtfleetError } from '#platform/errors.ts';
import { type IsoFile, isoImage } from './iso9660.ts';

export interface SeedInput {
  /** The machine's UUID: cloud-init runs its first-boot modules once for each. */
  instanceId: string;
  hostname: string;
  /** As cloud-init takes it (`#cloud-config`, a script, …); without it the machine gets an empty configuration. */
  userData?: string;
  /** Network configuration, version 1 or 2. Without it cloud-init asks DHCP on the first interface. */
  networkData?: string;
  /** More keys of meta-data, a YAML map; instance-id and local-hostname are ours. */
  metaData?: string;
  sshKeys?: string[];
}

/** Throws InvalidSpec when metaData is no YAML map. */
export function nocloudSeed(input: SeedInput): Uint8Array {
  const file = (name: string, text: string): IsoFile => ({ name, data: Buffer.from(text, 'utf8') });
  const files = [file('meta-data', metaData(input)), file('user-data', input.userData ?? '#cloud-config\n{}\n')];
  if (input.networkData !== undefined) files.push(file('network-config', input.networkData));
  return isoImage('cidata', files);
}

function metaData(input: SeedInput): string {
  const keys = input.sshKeys ?? [];
  const ours = {
    'instance-id': input.instanceId,
    'local-hostname': input.hostname,
    ...(keys.length > 0 ? { 'public-keys': keys } : {}),
  };
  const theirs = Object.entries(userKeys(input.metaData)).filter(([key]) => !Object.hasOwn(ours, key));
  // cloud-init reads YAML 1.1, where a machine named on would be called true: ours is quoted, theirs stays as they wrote it.
  return (
    stringify(ours, { lineWidth: 0, version: '1.1' }) +
    (theirs.length > 0 ? stringify(Object.fromEntries(theirs), { lineWidth: 0 }) : '')
  );
}

function userKeys(text: string | undefined): Record<string, unknown> {
  if (text === undefined || text.trim() === '') return {};
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw refused(`it is no YAML: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('it is no map of keys');
  return { ...value };
}

function refused(why: string, cause?: unknown): VirtfleetError {
  const mend = 'write cloudInit.metaData as YAML keys and values';
  return new VirtfleetError('InvalidSpec', 'InvalidCloudInit', `cloudInit.metaData is refused: ${why}`, {
    mend,
    cause,
  });
}

/** `sha256:…` of the image's bytes. */
export function seedDigest(image: Uint8Array): string {
  return `sha256:${createHash('sha256').update(image).digest('hex')}`;
}
