import { Redis } from 'ioredis';
import { log } from '#platform/log.ts';
import { gauge } from '#platform/metrics.ts';
import { queueUnavailable } from '../unavailable.ts';
import { checkServer } from './server-check.ts';

const COMMAND_TIMEOUT_MS = 2_000;
const PROBE_INTERVAL_MS = 1_000;
const MEND = 'Bring Redis back, or correct --redis-url; everything but long operations goes on meanwhile.';

const up = gauge('virtfleet_queue_available', '1 while the job queue answers, else 0.');
const roomLog = log.child({ room: 'jobs' });

/** Reconnecting goes on for ever, at most every two seconds. */
export function connectionOptions() {
  return { retryStrategy: (times: number) => Math.min(200 * times, 2_000), connectTimeout: 5_000, keepAlive: 5_000 };
}

/** Where it is, without the password. */
export function describeUrl(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return 'the given URL';
  }
}

/**
 * The producers' connection to Redis and what is known of its health. Commands are never held back while it is away: they
 * fail. A server that is frozen keeps its connections, so it is probed, too.
 */
export class RedisLink {
  readonly client: Redis;
  readonly #where: string;
  readonly #listeners = new Set<(available: boolean) => void>();
  readonly #probe: NodeJS.Timeout;
  #available = false;
  #detail: string;
  #warnings: string[] = [];
  #closed = false;
  #probing = false;

  constructor(url: string) {
    this.#where = describeUrl(url);
    this.#detail = `${this.#where} was not reached yet`;
    this.client = new Redis(url, {
      ...connectionOptions(),
      enableOfflineQueue: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
      maxRetriesPerRequest: null,
    });
    this.client.on('error', (error) => this.#set(false, `${this.#where}: ${error.message}`));
    this.client.on('close', () => this.#set(false, `${this.#where} closed the connection`));
    this.client.on('ready', () => void this.#check());
    this.#probe = setInterval(() => void this.#check(), PROBE_INTERVAL_MS);
    this.#probe.unref();
    up.set(0);
  }

  available(): boolean {
    return this.#available;
  }

  warnings(): readonly string[] {
    return this.#available ? this.#warnings : [`Long operations wait: ${this.#detail}.`];
  }

  onAvailability(fn: (available: boolean) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  /** Runs commands with a deadline for all of them together, and throws QueueUnavailable for whatever goes wrong. */
  async run<T>(commands: () => Promise<T>): Promise<T> {
    if (!this.#available) throw queueUnavailable(this.#detail, MEND);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${COMMAND_TIMEOUT_MS} ms`)), COMMAND_TIMEOUT_MS);
    });
    try {
      return await Promise.race([commands(), deadline]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#set(false, `${this.#where}: ${message}`);
      throw queueUnavailable(this.#detail, MEND, error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#probe);
    this.#listeners.clear();
    this.client.disconnect();
    up.set(0);
  }

  async #check(): Promise<void> {
    if (this.#probing || this.#closed || this.client.status !== 'ready') return;
    this.#probing = true;
    try {
      if (this.#available) await this.client.ping();
      else this.#judge(await this.client.info());
      this.#set(true, '');
    } catch (error) {
      this.#set(false, `${this.#where}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#probing = false;
    }
  }

  #judge(info: string): void {
    const warnings = checkServer(info);
    for (const warning of warnings) {
      if (!this.#warnings.includes(warning)) roomLog.warn({ redis: this.#where }, warning);
    }
    this.#warnings = warnings;
  }

  #set(available: boolean, detail: string): void {
    if (this.#closed) return;
    this.#detail = detail;
    if (available === this.#available) return;
    this.#available = available;
    up.set(available ? 1 : 0);
    if (available) roomLog.info({ redis: this.#where }, 'the job queue answers');
    else roomLog.warn({ redis: this.#where, detail }, 'the job queue is unavailable, long operations wait');
    for (const listener of this.#listeners) listener(available);
  }
}
