import { type ErrorClass, VirtfleetError } from '#platform/errors.ts';

/** The API server's own account of what went wrong (meta/v1 Status). */
export interface ApiStatus {
  kind?: string;
  code?: number;
  reason?: string;
  message?: string;
  details?: { causes?: { field?: string; message?: string; reason?: string }[]; retryAfterSeconds?: number };
}

export interface RequestLabel {
  /** What was asked for: "patch VirtualMachine team-a/web-1/status". */
  what: string;
  object?: string | undefined;
  /** Whether it could have changed something. */
  mutating: boolean;
}

/** An answer that is not 2xx, as one of our classes, with the API server's words. */
export function errorFromAnswer(code: number, body: string, label: RequestLabel): VirtfleetError {
  const status = parseStatus(body);
  const { errorClass, mend } = classOf(code, status);
  const reason = status?.reason || `Http${code}`;
  const message = status?.message || body.slice(0, 300) || `HTTP ${code}`;
  return new VirtfleetError(errorClass, reason, `The API server refused to ${label.what} (${code}): ${message}`, {
    object: label.object,
    mend,
  });
}

function parseStatus(body: string): ApiStatus | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && 'message' in parsed ? (parsed as ApiStatus) : null;
  } catch {
    return null;
  }
}

function classOf(code: number, status: ApiStatus | null): { errorClass: ErrorClass; mend?: string } {
  switch (code) {
    case 401:
      return { errorClass: 'Denied', mend: "Check the operator's service account or kubeconfig." };
    case 403:
      return { errorClass: 'Denied', mend: "Check the operator's roles, quotas and admission policies." };
    case 404:
      return { errorClass: 'NotFound' };
    case 409:
      return { errorClass: 'Conflict' };
    case 410:
      return { errorClass: 'Transient' };
    case 422: {
      // What we write beside a user's spec is status: when that does not hold to the schema, it is our fault.
      const fields = status?.details?.causes?.map((cause) => cause.field ?? '') ?? [];
      // A fence by uid that met another object of the same name: the uid "is immutable".
      if (fields.includes('metadata.uid')) return { errorClass: 'Conflict' };
      const ours = fields.length > 0 && fields.every((field) => /^(status|metadata)\b/.test(field));
      return { errorClass: ours ? 'Bug' : 'InvalidSpec' };
    }
    case 408:
    case 429:
      return { errorClass: 'Transient' };
    default:
      return { errorClass: code >= 500 ? 'Transient' : 'Bug' };
  }
}

/** Codes of failures before a byte of the request was on the wire. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** By our own clock, which may be the one that is wrong. */
const OUT_OF_TIME = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED']);

/** No answer at all. A change that may have been sent has an unknown outcome; everything else may be asked again. */
export function errorFromFailure(cause: unknown, label: RequestLabel): VirtfleetError {
  const { code, message } = rootOf(cause);
  const text = `No answer from the API server to ${label.what}: ${message}`;
  const details = { object: label.object, cause };
  if (CERTIFICATE.test(code)) {
    const mend = OUT_OF_TIME.has(code)
      ? "Set the clock of the operator's machine right; if it is right, renew the certificate."
      : 'Check the certificate authority and the server name in the kubeconfig.';
    return new VirtfleetError('Denied', 'ApiCertificateRefused', text, { ...details, mend });
  }
  if (label.mutating && !NOT_SENT.has(code)) return new VirtfleetError('OutcomeUnknown', 'ApiNoAnswer', text, details);
  return new VirtfleetError('Transient', 'ApiUnreachable', text, details);
}

function rootOf(error: unknown): { code: string; message: string } {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  if (current instanceof AggregateError && current.errors[0] instanceof Error) current = current.errors[0];
  if (!(current instanceof Error)) return { code: '', message: String(current) };
  const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
  return { code, message: current.message || code || current.name };
}

/** An answer that had begun fell silent for longer than it may (`idleMs` of a watch). */
export function isSilence(error: unknown): boolean {
  return rootOf(error).code === 'UND_ERR_BODY_TIMEOUT';
}

/** The list or the watch began too long ago, or the place to go on from is compacted away: list anew. */
export function isExpired(error: unknown): boolean {
  return error instanceof VirtfleetError && (error.reason === 'Expired' || error.reason === 'Gone');
}

/** create: there is one of that name already. */
export function isAlreadyExists(error: unknown): boolean {
  return error instanceof VirtfleetError && error.reason === 'AlreadyExists';
}
