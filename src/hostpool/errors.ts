import { type ErrorClass, VirtfleetError } from '#platform/errors.ts';
import { mendFor, refusalIn } from './refusals.ts';

/**
 * The one place that maps libvirt's error codes to our classes. Codes and domains are libvirt's virErrorNumber and
 * virErrorDomain (https://libvirt.org/html/libvirt-virterror.html); the numbers never change there.
 */
const VIR_FROM_RPC = 7;
const VIR_FROM_REMOTE = 13;

interface Mapping {
  errorClass: ErrorClass;
  reason: string;
  mend?: string;
}

const DENIED_MEND =
  'Correct the credentials in the Secret that the Host refers to, or the rights of that user on the host';

const codes: Readonly<Record<number, Mapping>> = {
  1: { errorClass: 'Transient', reason: 'LibvirtInternalError' },
  2: { errorClass: 'Capacity', reason: 'HostOutOfMemory' },
  3: { errorClass: 'InvalidSpec', reason: 'NotSupportedByHost' },
  5: { errorClass: 'Transient', reason: 'NoConnection' },
  6: { errorClass: 'Transient', reason: 'InvalidConnection' },
  8: { errorClass: 'InvalidSpec', reason: 'InvalidArgument' },
  9: { errorClass: 'Transient', reason: 'OperationFailed' },
  27: { errorClass: 'InvalidSpec', reason: 'XMLError' },
  28: { errorClass: 'Conflict', reason: 'DomainExists' },
  29: { errorClass: 'Denied', reason: 'ReadOnlyConnection' },
  37: { errorClass: 'Conflict', reason: 'NetworkExists' },
  38: { errorClass: 'Transient', reason: 'HostSystemError' },
  39: { errorClass: 'Transient', reason: 'RPCError' },
  42: { errorClass: 'NotFound', reason: 'DomainNotFound' },
  43: { errorClass: 'NotFound', reason: 'NetworkNotFound' },
  45: { errorClass: 'Denied', reason: 'AuthenticationFailed', mend: DENIED_MEND },
  49: { errorClass: 'NotFound', reason: 'StoragePoolNotFound' },
  50: { errorClass: 'NotFound', reason: 'StorageVolumeNotFound' },
  55: { errorClass: 'Conflict', reason: 'OperationInvalid' },
  67: { errorClass: 'InvalidSpec', reason: 'ConfigUnsupported' },
  68: { errorClass: 'Transient', reason: 'OperationTimeout' },
  72: { errorClass: 'NotFound', reason: 'SnapshotNotFound' },
  78: { errorClass: 'Conflict', reason: 'OperationAborted' },
  79: { errorClass: 'Denied', reason: 'AuthenticationCancelled', mend: DENIED_MEND },
  80: { errorClass: 'NotFound', reason: 'MetadataNotFound' },
  84: { errorClass: 'InvalidSpec', reason: 'OperationUnsupported' },
  86: { errorClass: 'Transient', reason: 'AgentUnresponsive' },
  87: { errorClass: 'Conflict', reason: 'ResourceBusy' },
  88: { errorClass: 'Denied', reason: 'AccessDenied', mend: DENIED_MEND },
  90: { errorClass: 'Conflict', reason: 'VolumeExists' },
  91: { errorClass: 'InvalidSpec', reason: 'CPUIncompatible' },
  92: { errorClass: 'InvalidSpec', reason: 'SchemaRefused' },
  97: { errorClass: 'Transient', reason: 'AgentUnsynced' },
  99: { errorClass: 'NotFound', reason: 'DeviceMissing' },
  103: { errorClass: 'NotFound', reason: 'CheckpointNotFound' },
  107: { errorClass: 'NotFound', reason: 'NetworkPortNotFound' },
};

/** libvirt has no code for it: it comes as a system error, or inside the words of qemu-img under an internal one. */
const DISK_FULL = /No space left on device|Disk quota exceeded/i;
const diskFull: Mapping = {
  errorClass: 'Capacity',
  reason: 'HostDiskFull',
  mend: 'Make room on the file system of that pool on the host; it goes on by itself',
};

/** What a LibvirtError looks like. By shape, so that this file needs no native code. */
export interface LibvirtErrorLike {
  code: number;
  domain: number;
  message: string;
  fn?: string;
}

function isLibvirtError(error: unknown): error is Error & LibvirtErrorLike {
  return error instanceof Error && error.name === 'LibvirtError' && 'code' in error && typeof error.code === 'number';
}

function isNamed(error: unknown, name: string): error is Error {
  return error instanceof Error && error.name === name;
}

/** Internal error, system error, RPC error: of the client's own transport they say that the connection broke. */
const BROKEN = new Set([1, 38, 39]);

/** The connection itself failed, so nobody knows whether the call arrived. */
function isConnectionError(error: LibvirtErrorLike): boolean {
  return (
    error.code === 5 || (BROKEN.has(error.code) && (error.domain === VIR_FROM_RPC || error.domain === VIR_FROM_REMOTE))
  );
}

/** Whether a call failed because a connection was gone: ours, or the daemon's own to another daemon behind it. */
export function isBroken(error: VirtfleetError): boolean {
  return isLibvirtError(error.cause) && isConnectionError(error.cause);
}

export interface CallContext {
  host: string;
  /** What was called, such as "domain.define". */
  call: string;
  /** Whether it changes the host: then a lost answer is OutcomeUnknown, otherwise Transient. */
  changes: boolean;
}

/** Something took the connection, and who is at its end stands still. */
export const NOT_ANSWERING_MEND =
  'Look whether libvirtd (or one of virtqemud, virtnetworkd and virtstoraged) hangs there; it is asked again meanwhile';

function lostAnswer(context: CallContext, detail: string, cause: unknown): VirtfleetError {
  const { host, call } = context;
  return context.changes
    ? new VirtfleetError(
        'OutcomeUnknown',
        'OutcomeUnknown',
        `${call} on host ${host}: ${detail}; whether it took effect is not known.`,
        { host, cause },
      )
    : new VirtfleetError('Transient', 'HostNotAnswering', `${call} on host ${host}: ${detail}.`, {
        host,
        mend: NOT_ANSWERING_MEND,
        cause,
      });
}

/** Turns whatever a libvirt call threw into a VirtfleetError that names host, call and cause. */
export function mapLibvirtError(error: unknown, context: CallContext): VirtfleetError {
  if (error instanceof VirtfleetError) return error;
  const { host, call } = context;
  if (isNamed(error, 'LibvirtTimeout')) {
    const wasSent = !('sent' in error) || error.sent !== false;
    return lostAnswer({ ...context, changes: context.changes && wasSent }, 'no answer in time', error);
  }
  if (isNamed(error, 'ConnectionClosed'))
    return lostAnswer({ ...context, changes: false }, 'the connection was closed before it was sent', error);
  if (isNamed(error, 'AbortError') || isNamed(error, 'TimeoutError'))
    return lostAnswer(context, 'it was given up', error);
  if (isNamed(error, 'GateClosed')) {
    return new VirtfleetError(
      'LeaseLost',
      'LeaseLost',
      `${call} on host ${host}: the right to act had ended, nothing was sent.`,
      { host, cause: error },
    );
  }
  if (isNamed(error, 'NotSupported')) {
    return new VirtfleetError(
      'InvalidSpec',
      'NotSupportedByLibvirt',
      `${call}: this libvirt library is too old (${error.message}).`,
      { host, cause: error },
    );
  }
  if (!isLibvirtError(error)) {
    const text = error instanceof Error ? error.message : String(error);
    return new VirtfleetError('Bug', 'InternalError', `${call} on host ${host}: ${text}`, { host, cause: error });
  }
  const refusal = refusalIn(error.message);
  if (refusal === null && isConnectionError(error))
    return lostAnswer(context, `the connection broke (${error.message})`, error);
  const mapping = DISK_FULL.test(error.message)
    ? diskFull
    : (refusal ?? codes[error.code] ?? { errorClass: 'Transient', reason: 'LibvirtError' });
  return new VirtfleetError(mapping.errorClass, mapping.reason, `${call} on host ${host}: ${lasting(error.message)}`, {
    host,
    mend: mapping.mend ?? mendFor(mapping.reason),
    cause: error,
  });
}

/**
 * Without the times that QEMU puts before its lines: the same failure is told in the same words, or each try would look
 * like news, be written to status, and by that write bring on the next try at once.
 */
function lasting(message: string): string {
  return message.replace(/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{4})?:? */g, '');
}

/** The codes that say "there is none of that": libvirt's virErrorNumber. */
export const libvirtCode = {
  NO_SUPPORT: 3,
  NO_DOMAIN: 42,
  NO_NETWORK: 43,
  NO_STORAGE_POOL: 49,
  NO_STORAGE_VOL: 50,
  OPERATION_INVALID: 55,
  NO_DOMAIN_METADATA: 80,
} as const;

/** Whether it is, or was mapped from, a LibvirtError with one of these codes. */
export function hasCode(error: unknown, ...wanted: number[]): boolean {
  const code = libvirtCodeOf(error);
  return code !== null && wanted.includes(code);
}

/** `value` in place of an error with one of these codes. */
export async function orElse<T, V>(promise: Promise<T>, value: V, ...wanted: number[]): Promise<T | V> {
  try {
    return await promise;
  } catch (error) {
    if (hasCode(error, ...wanted)) return value;
    throw error;
  }
}

/** libvirt's code of an error that was mapped, or null. */
export function libvirtCodeOf(error: unknown): number | null {
  const inner = error instanceof VirtfleetError ? error.cause : error;
  return isLibvirtError(inner) ? inner.code : null;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof VirtfleetError && error.errorClass === 'NotFound';
}

/** Success when the thing is not there: null. */
export async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
