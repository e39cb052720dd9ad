/** What libvirt says of a failed call, read on the worker right after it (virError). */
export interface LibvirtErrorDetails {
  message: string;
  code: number;
  domain: number;
  level: number;
  str1: string | null;
  str2: string | null;
  str3: string | null;
  int1: number;
  int2: number;
  fn: string;
}

/**
 * libvirt refused or failed a call. `code` is a `VIR_ERR_…`, `domain` the `VIR_FROM_…` that raised it,
 * `fn` the C function. Codes 38 (system error), 39 (RPC) and 68 (operation timeout) may pass when tried again.
 */
export class LibvirtError extends Error {
  override readonly name = 'LibvirtError';
  readonly code: number;
  readonly domain: number;
  readonly level: number;
  readonly str1: string | null;
  readonly str2: string | null;
  readonly str3: string | null;
  readonly int1: number;
  readonly int2: number;
  readonly fn: string;

  constructor(details: LibvirtErrorDetails) {
    super(details.message);
    this.code = details.code;
    this.domain = details.domain;
    this.level = details.level;
    this.str1 = details.str1;
    this.str2 = details.str2;
    this.str3 = details.str3;
    this.int1 = details.int1;
    this.int2 = details.int2;
    this.fn = details.fn;
  }
}

/**
 * The deadline of a call passed. `sent` says whether a worker had begun it: if so its outcome is unknown
 * and it may still take effect; if not it was taken back, and never will.
 */
export class LibvirtTimeout extends Error {
  override readonly name = 'LibvirtTimeout';
  readonly fn: string;
  readonly timeoutMs: number;
  readonly sent: boolean;

  constructor(fn: string, timeoutMs: number, sent: boolean) {
    super(
      `${fn} did not answer within ${timeoutMs} ms (${sent ? 'its outcome is unknown' : 'it had not been sent, and will not be'})`,
    );
    this.fn = fn;
    this.timeoutMs = timeoutMs;
    this.sent = sent;
  }
}

/** `notAfterMs` had passed when the call's turn came: nothing was sent. */
export class GateClosed extends Error {
  override readonly name = 'GateClosed';
  readonly fn: string;

  constructor(fn: string) {
    super(`${fn} was not sent: the time until which it was allowed had passed`);
    this.fn = fn;
  }
}

/** The installed libvirt does not have this function. */
export class NotSupported extends Error {
  override readonly name = 'NotSupported';
  readonly fn: string;

  constructor(fn: string) {
    super(`the installed libvirt has no function ${fn}: a newer libvirt0 is needed`);
    this.fn = fn;
  }
}

/** The connection was closed or aborted before the call was sent. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed';
  readonly fn: string;

  constructor(fn: string) {
    super(`${fn} was not sent: the connection is closed`);
    this.fn = fn;
  }
}

/** From the addon: `why` chooses the class. */
export function errorFrom(details: LibvirtErrorDetails & { why: string }): Error {
  switch (details.why) {
    case 'gate':
      return new GateClosed(details.fn);
    case 'unsupported':
      return new NotSupported(details.fn);
    case 'closed':
      return new ConnectionClosed(details.fn);
    default:
      return new LibvirtError(details);
  }
}
