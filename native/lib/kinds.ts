/** The order of C++'s enum Kind (src/handle.h). */
const KINDS = [
  'Connect',
  'Domain',
  'Network',
  'NetworkPort',
  'StoragePool',
  'StorageVol',
  'Secret',
  'Interface',
  'NodeDevice',
  'NWFilter',
  'NWFilterBinding',
  'DomainSnapshot',
  'DomainCheckpoint',
  'Stream',
] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_NUMBERS = Object.fromEntries(KINDS.map((kind, i) => [kind, i])) as Record<Kind, number>;
