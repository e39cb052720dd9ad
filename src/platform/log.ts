import { pino } from 'pino';
import { environment } from './config.ts';

export type { Logger } from 'pino';

/** What must never be in a log, wherever a caller puts it. */
const SECRETS = ['password', 'privateKey', 'passphrase', 'token', 'authorization', 'userData', 'credentials'];

/**
 * Logs are for operators of virtfleet, conditions for its users. One JSON object a line on stdout.
 * Each room takes a child: `log.child({room: 'hostpool'})`.
 * Lines are written asynchronously: a reader of stdout that stalls must not stall the event loop.
 */
export const log = pino(
  {
    level: environment.VIRTFLEET_LOG_LEVEL ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  },
  pino.destination({ dest: 1, sync: false }),
);
