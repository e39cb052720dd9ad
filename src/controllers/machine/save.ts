/** Saving the memory of a machine: begun here, and looked at by the plan until it is over. */
import { saveDomain } from '#hostpool/ensure.ts';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import type { ActContext } from './act-context.ts';

export type SaveState =
  | { uid: string; phase: 'Saving' | 'Saved' }
  | { uid: string; phase: 'Failed'; reason: string; message: string };

/**
 * Does not wait for the end, which may be minutes away. What is begun and not recorded as done is begun anew by whoever
 * leads next: libvirt carries on with its own save, and one that is over already is found.
 */
export function beginSave({ host, right, seen }: ActContext, uuid: string, request: string): void {
  const { memory } = seen;
  const settle = (state: SaveState | null): void => {
    if (memory.save?.uid === request) memory.save = state;
  };
  memory.save = { uid: request, phase: 'Saving' };
  saveDomain(host, right, uuid).then(
    (found) => settle(found === 'Saved' ? { uid: request, phase: 'Saved' } : turnedOff(request)),
    (error: unknown) => settle(isUndecided(error) ? null : failedBy(request, error)),
  );
}

const turnedOff = (uid: string): SaveState => ({
  uid,
  phase: 'Failed',
  reason: 'NotRunning',
  message: 'the machine was off before its memory could be saved',
});

const failedBy = (uid: string, error: unknown): SaveState => ({
  uid,
  phase: 'Failed',
  reason: 'SaveFailed',
  message: `its memory could not be written: ${toMessage(error)}`,
});

/** Nobody answered, or libvirt is at another job with this machine, a save of ours among them. */
function isUndecided(error: unknown): boolean {
  const kind = errorClassOf(error);
  if (kind === 'OutcomeUnknown' || kind === 'LeaseLost') return true;
  return ['OperationTimeout', 'NoConnection', 'InvalidConnection', 'HostNotAnswering'].includes(reasonOf(error));
}

/** What to say of a start that failed and was to go on from saved memory. */
export function explainRestore(host: string, uuid: string, error: unknown): unknown {
  const kind = errorClassOf(error);
  if (!(error instanceof VirtfleetError) || kind === 'LeaseLost' || kind === 'OutcomeUnknown') return error;
  const { reason, object, mend } = error;
  const message = `${error.message.replace(/\.$/, '')}; it was to go on from its saved memory: if that is no use any more, give it up with virsh managedsave-remove ${uuid} on host ${host}, and it starts anew`;
  return new VirtfleetError(kind, reason, message, { host, object, mend, cause: error });
}
