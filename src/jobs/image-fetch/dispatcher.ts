import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { toMessage, VirtfleetError } from '#platform/errors.ts';
import { fetchError } from './errors.ts';
import type { SourcePolicy } from './source-policy.ts';

export interface ConnectLimits {
  connectTimeoutMs: number;
  /** No answer at all for so long: it is given up. */
  headersTimeoutMs: number;
  /** No byte of the body for so long. */
  idleTimeoutMs: number;
}

/**
 * Connections that only go where the policy allows. The address is judged after the name was resolved and is the very one
 * that is dialled, so that a name which changes its address in between (DNS rebinding) gains nothing; each redirect comes
 * through here again.
 */
export function guardedAgent(policy: SourcePolicy, limits: ConnectLimits): Agent {
  const lookupAllowed: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const allowed = addresses.filter(({ address }) => policy.allows(hostname, address));
      const [first] = allowed;
      if (first === undefined) {
        try {
          policy.check(hostname, addresses[0]?.address ?? 'no address');
        } catch (refusal) {
          return callback(refusal as NodeJS.ErrnoException, '', 0);
        }
        return callback(new Error(`${hostname} has no address`), '', 0);
      }
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
  const dial = buildConnector({ timeout: limits.connectTimeoutMs, lookup: lookupAllowed });
  return new Agent({
    connect: (options, callback) => {
      // Literal addresses are dialled without a lookup.
      const literal = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) !== 0 && !policy.allows(literal, literal)) {
        try {
          policy.check(literal, literal);
        } catch (refusal) {
          return callback(refusal as Error, null);
        }
      }
      return dial(options, callback);
    },
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.idleTimeoutMs,
    pipelining: 1,
    allowH2: false,
  });
}

/** What undici throws, in our words. */
export function networkError(error: unknown, where: string): VirtfleetError {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause as unknown, depth += 1) {
    if (cause instanceof VirtfleetError) return cause;
  }
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  return fetchError(
    'SourceUnreachable',
    `${where} cannot be reached: ${toMessage(inner)}`,
    'See that the server runs and that the operator can reach it.',
    error,
  );
}
