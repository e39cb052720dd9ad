import { type ErrorClass, VirtfleetError } from '#platform/errors.ts';

/**
 * Reasons of a fetch that failed. Those that the source itself must mend are tried again rarely, the others soon: see
 * `isLasting`.
 */
export type FetchReason =
  | 'ChecksumMismatch'
  | 'ImageInvalid'
  | 'ImageTooLarge'
  | 'SourceForbidden'
  | 'SourceNotFound'
  | 'SourceUnreachable'
  | 'SourceInUse'
  | 'VolumeExists';

const classes: Record<FetchReason, ErrorClass> = {
  ChecksumMismatch: 'InvalidSpec',
  ImageInvalid: 'InvalidSpec',
  ImageTooLarge: 'InvalidSpec',
  SourceForbidden: 'Denied',
  SourceNotFound: 'InvalidSpec',
  SourceUnreachable: 'Transient',
  SourceInUse: 'Transient',
  VolumeExists: 'Conflict',
};

export function fetchError(reason: FetchReason, message: string, mend?: string, cause?: unknown): VirtfleetError {
  return new VirtfleetError(classes[reason], reason, message, { mend, cause });
}

/** It fails again unless somebody changes the source: worth a rare look only. */
export function isLasting(reason: string | undefined): boolean {
  return (
    reason !== undefined &&
    Object.hasOwn(classes, reason) &&
    /^(InvalidSpec|Denied)$/.test(classes[reason as FetchReason])
  );
}
