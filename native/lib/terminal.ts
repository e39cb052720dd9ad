import { Duplex } from 'node:stream';
import type { CallOptions } from './call.ts';
import type { Domain } from './domain.ts';
import { VIR_DOMAIN_CHANNEL_FORCE, VIR_DOMAIN_CONSOLE_FORCE, VIR_DOMAIN_CONSOLE_SAFE } from './generated/constants.ts';
import { Stream } from './stream.ts';

const CHUNK = 64 * 1024;

/** A libvirt stream both ways as one of Node's. destroy() aborts it. */
class StreamDuplex extends Duplex {
  readonly #stream: Stream;

  constructor(stream: Stream, signal: AbortSignal | undefined) {
    super({ allowHalfOpen: false, ...(signal === undefined ? {} : { signal }) });
    this.#stream = stream;
  }

  override _read(): void {
    this.#stream.receive(CHUNK).then(
      (data) => this.push(data),
      (error: Error) => this.destroy(this.destroyed ? undefined : error),
    );
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.#stream.send(chunk).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Not waited for: a daemon that hangs must not keep the caller.
    this.#stream.abort({ timeoutMs: 5_000 }).catch(() => {});
    done(error);
  }
}

export interface TerminalOptions extends CallOptions {
  signal?: AbortSignal;
  /** Takes it over from whoever has it. */
  force?: boolean;
}

/**
 * A domain's console. `device` is a device's alias, null the first. Use a connection of its own with `maxInFlight`
 * of 2 or more: a receive waits on one worker for as long as the guest is silent.
 */
export async function openConsole(
  domain: Domain,
  device: string | null = null,
  opts: TerminalOptions & { safe?: boolean } = {},
): Promise<Duplex> {
  const flags =
    (opts.force === true ? VIR_DOMAIN_CONSOLE_FORCE : 0) | (opts.safe === true ? VIR_DOMAIN_CONSOLE_SAFE : 0);
  const stream = await Stream.create(domain, opts);
  await domain.openConsole(device, stream, flags, opts);
  return new StreamDuplex(stream, opts.signal);
}

/** A domain's channel, by its target's name or alias. */
export async function openChannel(
  domain: Domain,
  name: string | null = null,
  opts: TerminalOptions = {},
): Promise<Duplex> {
  const stream = await Stream.create(domain, opts);
  await domain.openChannel(name, stream, opts.force === true ? VIR_DOMAIN_CHANNEL_FORCE : 0, opts);
  return new StreamDuplex(stream, opts.signal);
}
