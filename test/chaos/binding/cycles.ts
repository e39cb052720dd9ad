import * as lv from '@virtfleet/libvirt';

/** A daemon that can be stopped (SIGSTOP) and let go on. */
export interface FreezableDaemon {
  uri: string;
  freeze(): Promise<void> | void;
  thaw(): Promise<void> | void;
}

/** How connections ended, by what was expected of them; `cycles` is their number. */
export interface CycleCounts {
  cycles: number;
  answered: number;
  /** Calls that failed because their connection was aborted or closed under them, or their daemon did not answer. */
  failed: number;
}

/** Connections of one wave. libvirtd takes 20 that have not said who they are, and queues the others. */
const WAVE = 25;
/** A call to a frozen daemon is given up after that. */
const FROZEN_MS = 30;
const OPEN_MS = 20_000;

const isCut = (error: unknown): boolean =>
  error instanceof lv.LibvirtError || error instanceof lv.ConnectionClosed || error instanceof lv.LibvirtTimeout;

/**
 * Opens, calls, aborts and closes until there were `cycles` of them: waves on a daemon that answers alternate with waves
 * on one that is stopped. Rejects at the first outcome that is not among those that the cycle allows.
 */
export async function runCycles(
  daemon: FreezableDaemon,
  cycles: number,
  random: () => number,
  onWave: (counts: CycleCounts) => Promise<void> | void = () => {},
): Promise<CycleCounts> {
  const counts: CycleCounts = { cycles: 0, answered: 0, failed: 0 };
  const wave = async (cycle: () => Promise<void>): Promise<void> => {
    const size = Math.min(WAVE, cycles - counts.cycles);
    await Promise.all(Array.from({ length: size }, cycle));
    counts.cycles += size;
    await onWave(counts);
  };
  while (counts.cycles < cycles) {
    for (let n = 0; n < 3; n += 1) await wave(() => liveCycle(daemon.uri, random, counts));
    const size = Math.min(WAVE, cycles - counts.cycles);
    const open = await Promise.all(Array.from({ length: size }, (_, n) => opened(daemon.uri, n % 3 === 0)));
    await daemon.freeze();
    try {
      await Promise.all(open.map((connect) => frozenCycle(connect, random, counts)));
      counts.cycles += size;
      await wave(() => frozenOpen(daemon.uri, counts));
    } finally {
      await daemon.thaw();
    }
    await onWave(counts);
  }
  return counts;
}

const opened = (uri: string, events: boolean): Promise<lv.Connect> =>
  lv.open(uri, { timeoutMs: OPEN_MS, events, maxInFlight: events ? 1 : 4 });

const pick = <T>(random: () => number, of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];

/** What a host pool asks all day: small, large, and with handles in the answer. */
const CALLS = [
  (c: lv.Connect, o: lv.CallOptions) => c.getHostname(o),
  (c: lv.Connect, o: lv.CallOptions) => c.getCapabilities(o),
  (c: lv.Connect, o: lv.CallOptions) => c.listAllDomains(0, o),
  (c: lv.Connect, o: lv.CallOptions) => c.listAllStoragePools(0, o),
  (c: lv.Connect, o: lv.CallOptions) => c.getAllDomainStats(0, lv.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT, o),
] as const;

/** On a daemon that answers: every call is answered, unless the connection is cut or closed under it. */
async function liveCycle(uri: string, random: () => number, counts: CycleCounts): Promise<void> {
  const withEvents = random() < 0.3;
  const connect = await opened(uri, withEvents);
  const end = pick(random, ['close', 'abort', 'abort-in-flight', 'close-in-flight'] as const);
  if (withEvents) {
    await connect.onClose(() => {});
    const subscription = await connect.onDomainEvent(lv.VIR_DOMAIN_EVENT_ID_LIFECYCLE, () => {});
    if (random() < 0.5) await subscription.close();
  }
  const mayFail = end.endsWith('in-flight');
  const calls = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
    settled(pick(random, CALLS)(connect, { timeoutMs: OPEN_MS }), mayFail, counts),
  );
  if (!mayFail) await Promise.all(calls);
  if (end.startsWith('abort')) connect.abort();
  await Promise.all([connect.close(), ...calls]);
}

/** On a daemon that stopped after the connection was made: no call is answered, and the connection goes all the same. */
async function frozenCycle(connect: lv.Connect, random: () => number, counts: CycleCounts): Promise<void> {
  const o = random() < 0.5 ? { timeoutMs: FROZEN_MS } : {};
  const calls = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
    settled(pick(random, CALLS)(connect, o), 'must', counts),
  );
  if (random() < 0.5) connect.abort();
  await Promise.all([connect.close({ graceMs: FROZEN_MS * 2 }), ...calls]);
}

async function frozenOpen(uri: string, counts: CycleCounts): Promise<void> {
  try {
    await lv.open(uri, { timeoutMs: FROZEN_MS, events: counts.cycles % 2 === 0 });
  } catch (error) {
    if (!(error instanceof lv.LibvirtTimeout)) throw error;
    counts.failed += 1;
    return;
  }
  throw new Error('a daemon that is stopped has answered an open');
}

async function settled(call: Promise<unknown>, mayFail: boolean | 'must', counts: CycleCounts): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (mayFail === false || !isCut(error)) throw error;
    counts.failed += 1;
    return;
  }
  if (mayFail === 'must') throw new Error('a daemon that is stopped has answered a call');
  counts.answered += 1;
}
