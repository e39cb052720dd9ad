import { type Connect, open } from '@virtfleet/libvirt';
import { VirtfleetError } from '#platform/errors.ts';
import { mapLibvirtError } from './errors.ts';
import { type DialTarget, dial } from './transport/dial.ts';
import { type MayPass, type Relay, startRelay } from './transport/relay.ts';

/** libvirt's handshake on a stream that stands: authentication, feature negotiation. */
export const OPEN_DEADLINE_MS = 5_000;

/** What connections of one process share. */
export interface Wiring {
  /** A directory of 0700 for the relays' sockets. */
  socketDirectory(): Promise<string>;
  mayPass: MayPass;
  /** All relays of the process: dropped together after a freeze. */
  relays: Set<Relay>;
}

export interface ConnectionOptions {
  /** On the event loop: needed for events and keepalive, and for nothing else. */
  events: boolean;
  maxInFlight: number;
}

/** One libvirt connection and the tunnel under it. */
export interface Connection {
  readonly connect: Connect;
  /** Nothing of libvirt lives in another daemon behind the one at the far end, surely. */
  readonly isWhole: boolean;
  /** Resolves when the tunnel is gone, by whichever side. Never, for an in-process driver. */
  readonly closed: Promise<void>;
  /** Every pending call fails within milliseconds; nothing of ours is left behind. */
  abort(): void;
  /** Says good-bye to the daemon first. */
  close(): Promise<void>;
}

/** Rejects with a VirtfleetError that names the host. */
export async function openConnection(
  target: DialTarget,
  options: ConnectionOptions,
  wiring: Wiring,
  signal: AbortSignal,
): Promise<Connection> {
  const { hypervisor, path, transport } = target.uri;
  if (transport === 'none') {
    return wrap(await openLibvirt(target, `${hypervisor}://${path}`, options), null, true);
  }
  const { stream, isWhole } = await dial(target, signal);
  const relay = await startRelay(await wiring.socketDirectory(), stream, wiring.mayPass);
  wiring.relays.add(relay);
  void relay.closed.then(() => wiring.relays.delete(relay));
  const drop = (): void => relay.destroy();
  signal.addEventListener('abort', drop, { once: true });
  try {
    signal.throwIfAborted();
    // libvirt only ever sees a local socket; what the user wrote was taken apart and is not passed on.
    const uri = `${hypervisor}+unix://${path}?socket=${encodeURIComponent(relay.path)}`;
    // The test driver has networks and pools of its own.
    return wrap(await openLibvirt(target, uri, options), relay, isWhole || hypervisor === 'test');
  } catch (error) {
    relay.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', drop);
  }
}

async function openLibvirt(target: DialTarget, uri: string, options: ConnectionOptions): Promise<Connect> {
  const { username, password } = target.credentials;
  const auth = username === undefined ? {} : { auth: { username, password: password ?? '' } };
  try {
    return await open(uri, { ...auth, ...options, timeoutMs: OPEN_DEADLINE_MS });
  } catch (error) {
    throw openError(target, error);
  }
}

function openError(target: DialTarget, error: unknown): VirtfleetError {
  const mapped = mapLibvirtError(error, { host: target.host, call: 'open', changes: false });
  if (mapped.errorClass !== 'Denied' || target.credentials.username !== undefined) return mapped;
  return new VirtfleetError('Denied', mapped.reason, mapped.message, {
    host: target.host,
    mend: "The daemon asks for a user name and password: put username and password into the Secret (over tls), or let the host's auth_* settings accept certificates or ssh alone",
    cause: error,
  });
}

function wrap(connect: Connect, relay: Relay | null, isWhole: boolean): Connection {
  const abort = (): void => {
    connect.abort();
    relay?.destroy();
  };
  return {
    connect,
    isWhole,
    closed: relay?.closed ?? new Promise(() => {}),
    abort,
    close: async () => {
      await connect.close().catch(() => {});
      relay?.destroy();
    },
  };
}
