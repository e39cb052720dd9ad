/**
 * The one table of error classes. A class decides what a failure does to retry and to status:
 *
 * | class          | meaning                                              | what follows                                   |
 * |----------------|------------------------------------------------------|------------------------------------------------|
 * | Transient      | it may go away by itself                             | back off and try again                         |
 * | Conflict       | somebody wrote first, our view is old                | observe again, soon                            |
 * | NotFound       | the thing is not there                               | success on delete, else observe again          |
 * | Capacity       | the fleet has no room                                | wait for the fleet to change                   |
 * | InvalidSpec    | what the user wants cannot be done                   | wait for the spec to change                    |
 * | Denied         | credentials or permissions refuse it                 | wait for the Secret or the role to change      |
 * | LeaseLost      | the right to act has ended                           | stop, nothing more may be sent                 |
 * | OutcomeUnknown | it was sent, and no answer came                      | never assume: observe again, then decide       |
 * | Bug            | this should not happen                               | back off, log the stack, count                 |
 */
export const errorClasses = [
  'Transient',
  'Conflict',
  'NotFound',
  'Capacity',
  'InvalidSpec',
  'Denied',
  'LeaseLost',
  'OutcomeUnknown',
  'Bug',
] as const;

export type ErrorClass = (typeof errorClasses)[number];

export interface ErrorDetails {
  /** Name of the Host that it happened on. */
  host?: string | undefined;
  /** What it is about, such as "VirtualMachine team-a/web-1". */
  object?: string | undefined;
  /** What a person can do about it, one sentence. */
  mend?: string | undefined;
  cause?: unknown;
}

/** The only error type that rooms throw at each other. `message` names the object, the host and the cause. */
export class VirtfleetError extends Error {
  override readonly name = 'VirtfleetError';
  readonly errorClass: ErrorClass;
  /** CamelCase, fit for a condition's reason. */
  readonly reason: string;
  readonly host: string | undefined;
  readonly object: string | undefined;
  readonly mend: string | undefined;

  constructor(errorClass: ErrorClass, reason: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.errorClass = errorClass;
    this.reason = reason;
    this.host = details.host;
    this.object = details.object;
    this.mend = details.mend;
  }
}

/** The class of anything that was thrown. What we do not know is a Bug, so that it is logged with its stack. */
export function errorClassOf(error: unknown): ErrorClass {
  return error instanceof VirtfleetError ? error.errorClass : 'Bug';
}

/** A reason fit for a condition. */
export function reasonOf(error: unknown): string {
  return error instanceof VirtfleetError ? error.reason : 'InternalError';
}

const MAX_MESSAGE_LENGTH = 2000;

/** One line for a condition or an event: the message, then the mend. Never a stack, never longer than a condition may be. */
export function toMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const mend = error instanceof VirtfleetError && error.mend !== undefined ? error.mend : '';
  const line = [message, mend]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
  return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : line;
}
