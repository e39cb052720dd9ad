/**
 * What a person asked for and libvirt refuses. Its codes often say less than its words ("internal error" for a CPU model
 * that nobody makes), and its words never say what to do.
 */
import type { ErrorClass } from '#platform/errors.ts';

export interface Refusal {
  errorClass: ErrorClass;
  reason: string;
  mend: string;
}

const OTHER_HOST = 'place the machine on a host that has it (spec.scheduling.hostSelector)';

const known: readonly [RegExp, Refusal][] = [
  [
    /unknown cpu model/i,
    {
      errorClass: 'InvalidSpec',
      reason: 'CPUIncompatible',
      mend: 'Correct spec.cpu.model: virsh cpu-models x86_64 lists those that there are',
    },
  ],
  [
    /unknown cpu feature/i,
    { errorClass: 'InvalidSpec', reason: 'CPUIncompatible', mend: 'Correct spec.cpu.features, or leave them out' },
  ],
  [
    /IDE controllers are unsupported/,
    {
      errorClass: 'InvalidSpec',
      reason: 'ConfigUnsupported',
      mend: 'Give the bus of spec.disks another value than IDE',
    },
  ],
  [
    // A file system holds files up to a size, however much room it has.
    /File too large|image size is too large/,
    {
      errorClass: 'InvalidSpec',
      reason: 'VolumeTooLarge',
      mend: 'Give a smaller size, or another pool, in a new object',
    },
  ],
  [
    // Volumes are being made or copied there, which takes a moment, or hours.
    /has asynchronous jobs running/,
    {
      errorClass: 'Transient',
      reason: 'PoolBusy',
      mend: 'libvirt reads a pool anew only while no volume is being made in it: it is tried again',
    },
  ],
  [
    // Another service's greeting, read as the length of a message.
    /packet \d+ bytes received from server too (large|small)/,
    {
      errorClass: 'Transient',
      reason: 'NotLibvirt',
      mend: 'Another service answers there: correct the port in spec.uri',
    },
  ],
];

const CANNOT = `The host cannot do what the spec asks for: take it out, or ${OTHER_HOST}`;
const mends: Readonly<Record<string, string>> = {
  ConfigUnsupported: CANNOT,
  NotSupportedByHost: CANNOT,
  OperationUnsupported: CANNOT,
  CPUIncompatible: `The host's CPU is not what spec.cpu asks for: choose another mode, or ${OTHER_HOST}`,
};

/** What libvirt's words mean, when they say more than its code. */
export function refusalIn(message: string): Refusal | null {
  return known.find(([words]) => words.test(message))?.[1] ?? null;
}

/** What to do about an error of that reason, whatever its words are. */
export function mendFor(reason: string): string | undefined {
  return Object.hasOwn(mends, reason) ? mends[reason] : undefined;
}
