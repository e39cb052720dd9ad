import type { Connect } from '@virtfleet/libvirt';
import type { HostUri } from '#libvirt/uri.ts';
import type { Clock } from '#platform/clock.ts';
import type { VirtfleetError } from '#platform/errors.ts';
import type { Wiring } from './connection.ts';
import { libvirtCode, orElse } from './errors.ts';
import { readFacts } from './facts.ts';
import type { FleetIndex } from './fleet-index.ts';
import { duplicateHost, judgeIdentity } from './identity.ts';
import type { Listing } from './inventory.ts';
import { listHost } from './listing.ts';
import { Session } from './session.ts';
import type { HostChange, HostFacts, HostTarget } from './types.ts';
import { type EventSink, watchHost } from './watch.ts';

/** What a host needs of the pool that it is in. */
export interface Surroundings {
  readonly clock: Clock;
  readonly wiring: Wiring;
  readonly index: FleetIndex;
  /** A number in [0, 1): for jitter. */
  random(): number;
  changed(change: HostChange): void;
  /** Name of another Host that is that machine already, or null. */
  otherWithUUID(target: HostTarget, hostUUID: string): string | null;
}

export interface Contact {
  session: Session;
  facts: HostFacts;
  listing: Listing;
  /** Parts of libvirt may live in daemons behind the one that we are connected to. */
  mayBeSplit: boolean;
}

/** A daemon that stops answering is noticed after interval × (count + 1). */
const KEEPALIVE_INTERVAL_S = 2;
const KEEPALIVE_COUNT = 2;
const CALL_TIMEOUT_MS = 5_000;
/** From the dial to the end of the first listing. */
const CONTACT_DEADLINE_MS = 45_000;

/** Null: the host may be used under that name. */
export function identityError(target: HostTarget, facts: HostFacts, around: Surroundings): VirtfleetError | null {
  const other = around.otherWithUUID(target, facts.hostUUID);
  return judgeIdentity(target, facts) ?? (other === null ? null : duplicateHost(target, other, facts.hostUUID));
}

/**
 * Dials, checks whose host it is, subscribes to events first and lists then: nothing falls between the two. `reached` is
 * called when the daemon has answered.
 */
export async function contactHost(
  target: HostTarget,
  uri: HostUri,
  around: Surroundings,
  sink: (session: Session) => EventSink,
  reached: () => void,
  signal: AbortSignal,
): Promise<Contact> {
  const session = await Session.open(
    { host: target.name, uri, credentials: target.credentials },
    around.wiring,
    signal,
  );
  const giveUp = (): void => session.end();
  const timer = setTimeout(giveUp, CONTACT_DEADLINE_MS);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    reached();
    const control = session.control.connect;
    void session.control.closed.then(giveUp);
    await control.onClose(giveUp);
    await keepAlive(control);
    const line = await session.work();
    const o = { timeoutMs: CALL_TIMEOUT_MS };
    const facts = await line.run((c) => readFacts(c, o, uri, target));
    const trouble = identityError(target, facts, around);
    if (trouble) throw trouble;
    await watchHost(control, sink(session));
    const listing = await line.run((c) => listHost(c, o, () => around.clock.now()));
    return { session, facts, listing, mayBeSplit: !(session.control.isWhole && line.connection.isWhole) };
  } catch (error) {
    session.end();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** A driver inside this process has nobody to keep alive. */
async function keepAlive(control: Connect): Promise<void> {
  await orElse(
    Promise.resolve(control.setKeepAlive(KEEPALIVE_INTERVAL_S, KEEPALIVE_COUNT)),
    null,
    libvirtCode.NO_SUPPORT,
  );
}
