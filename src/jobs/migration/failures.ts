/** Why a move failed, in one of the words that VirtualMachineMigration documents. The one place that judges it. */
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { Failure } from './plan.ts';

interface Judgement {
  reason: string;
  isLasting: boolean;
  mend?: string;
}

/** libvirt has one code for nearly all that may go wrong in a migration; its words tell them apart. */
const words: readonly [RegExp, Judgement][] = [
  [
    /guest CPU doesn't match|missing features|CPU .*(not compatible|incompatible)|unsupported configuration: .*\bCPU\b/i,
    {
      reason: 'IncompatibleCPU',
      isLasting: true,
      mend: 'Choose a target with such a CPU (spec.hostSelector), or give the machine a CPU that all hosts have (spec.cpu.mode Baseline)',
    },
  ],
  [
    /unable to resolve|name or service not known|temporary failure in name resolution/i,
    {
      reason: 'MoveFailed',
      isLasting: true,
      mend: "Set spec.migration.address of the target's Host to an address that the source reaches",
    },
  ],
  [
    /unable to connect to server|connection refused|no route to host|network is unreachable/i,
    {
      reason: 'MoveFailed',
      isLasting: true,
      mend: "See that the source reaches the target's spec.migration.address on ports 49152 to 49215",
    },
  ],
  [
    /\bTLS\b|certificate/i,
    {
      reason: 'MoveFailed',
      isLasting: true,
      mend: 'See that both hosts have certificates in migrate_tls_x509_cert_dir (qemu.conf) that name them, or set spec.migration.encryption of both Hosts to None',
    },
  ],
  [
    /domain (is not running|.*not running)|domain has been (stopped|destroyed)/i,
    { reason: 'MachineEnded', isLasting: false },
  ],
  [
    /another migration job is already running|cannot acquire state change lock/i,
    { reason: 'MoveFailed', isLasting: false },
  ],
  [/Failed to get "?write"? lock|is another process using the image/i, { reason: 'MoveFailed', isLasting: false }],
];

const passing = new Set(['Transient', 'OutcomeUnknown', 'Conflict', 'NotFound']);
/** Reasons of errors that the table of VirtualMachineMigration has, too. */
const shared = new Set([
  'NotLiveMigratable',
  'IncompatibleCPU',
  'TimedOut',
  'MachineEnded',
  'PoolFull',
  'StorageNotShared',
]);

/**
 * What follows from an error of a move, or of what was made ready for it. Trouble with a connection passes; what the
 * hypervisors say themselves is believed, and would be said again.
 */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const found = words.find(([pattern]) => pattern.test(message))?.[1];
  if (found !== undefined) {
    const { reason, isLasting, mend } = found;
    const told = error instanceof VirtfleetError ? withMend(error, mend) : error;
    return { reason, isLasting, message: toMessage(told) };
  }
  const [kind, reason] = [errorClassOf(error), reasonOf(error)];
  if (kind === 'Capacity' && reason === 'HostDiskFull')
    return { reason: 'PoolFull', isLasting: true, message: toMessage(error) };
  const isHypervisors =
    reason === 'OperationFailed' || reason === 'LibvirtInternalError' || reason === 'OperationAborted';
  return {
    reason: shared.has(reason) ? reason : 'MoveFailed',
    isLasting: isHypervisors || !passing.has(kind),
    message: toMessage(error),
  };
}

function withMend(error: VirtfleetError, mend: string | undefined): VirtfleetError {
  if (mend === undefined) return error;
  const { errorClass, reason, message, host, object, cause } = error;
  return new VirtfleetError(errorClass, reason, message, { host, object, cause, mend });
}
