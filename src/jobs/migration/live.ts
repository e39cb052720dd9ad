/** The move of a running machine: begun, watched, and ended when its time is over or nobody wants it any more. */
import {
  abortJob,
  cpuRefusal,
  domainJob,
  type JobFacts,
  migratableXml,
  migrateDomain,
  setMaxDowntime,
  startPostCopy,
  suspendDomain,
} from '#hostpool/ensure.ts';
import { type DomainFacts, destinationDocument, moveCall, readDomain } from '#libvirt/domain.ts';
import { child } from '#libvirt/tree.ts';
import { parseXml, printXml } from '#libvirt/xml.ts';
import { errorClassOf, toMessage, VirtfleetError } from '#platform/errors.ts';
import { isHandedOverPaused, type MoveDisk } from './disks.ts';
import { failureOf } from './failures.ts';
import { hostInSight } from './observe.ts';
import type { Failure } from './plan.ts';
import { sourceOf, targetOf, type Work } from './work.ts';

const LOOK_EVERY_MS = 1_000;
/** A host that is out of sight for so long during a move is given up: the other one must not wait for it. */
const GIVE_UP_MS = 10_000;
const DEFAULT_DOWNTIME_MS = 300;
const BASE_TIMEOUT_MS = 150_000;
const BYTES_PER_SECOND = 64 * 2 ** 20;

/** The documents, and what can be said before anything is made. @throws InvalidSpec with the reason */
export async function checkLive(work: Work, disks: readonly MoveDisk[]): Promise<void> {
  const { move } = work;
  const xml = await liveXml(work);
  const facts = readDomain(xml);
  for (const disk of facts.disks) {
    const known = disks.find(({ name }) => name === disk.name);
    if (known === undefined && disk.path !== null) {
      throw notLive(work, `disk ${disk.target} (${disk.path}) is not one that the operator gave it`);
    }
    if (known?.how === 'Copy' && disk.backing.length > 1) {
      throw notLive(work, `disk ${disk.name} stands on ${disk.backing.length} files, one on another`);
    }
  }
  const refusal = await compareCpu(work, xml, facts);
  if (refusal !== null) {
    const message = `Host ${move.target.name} cannot show the CPU that it runs with: ${refusal}`;
    throw new VirtfleetError('InvalidSpec', 'IncompatibleCPU', message, {
      host: move.target.name,
      object: move.object,
    });
  }
}

const notLive = ({ move }: Work, why: string): VirtfleetError =>
  new VirtfleetError('InvalidSpec', 'NotLiveMigratable', `${move.object} cannot be moved while it runs: ${why}`, {
    object: move.object,
  });

async function liveXml(work: Work): Promise<string> {
  const source = sourceOf(work);
  const xml = await migratableXml(source, work.move.uuid, { inactive: false });
  if (xml !== null) return xml;
  throw new VirtfleetError('NotFound', 'DomainNotFound', `${work.move.object} is not on host ${source.name}`);
}

/** A CPU that is whatever the host has, or whatever the emulator can do, is not compared with anything. */
function compareCpu(work: Work, xml: string, facts: DomainFacts): Promise<string | null> {
  const cpu = child(parseXml(xml), 'cpu');
  if (cpu === undefined || facts.cpu.mode !== 'custom' || facts.cpu.model === null) return Promise.resolve(null);
  const { emulator, arch, machineType, type: domainType } = facts;
  return cpuRefusal(targetOf(work), { emulator, arch, machineType, domainType, xml: printXml(cpu) });
}

/** Moves it. However it ends, both hosts are to be looked at; `work.failure` says what went wrong, for when it stayed. */
export async function moveLive(work: Work, disks: readonly MoveDisk[], isPausedByUser: boolean): Promise<void> {
  const { move, right, journal, log } = work;
  const { limits } = move;
  const [source, target] = [sourceOf(work), targetOf(work)];
  const [live, persistent] = [await liveXml(work), await migratableXml(source, move.uuid, { inactive: true })];
  const isPaused = isHandedOverPaused(disks);
  // By post-copy it runs at the target while the source still has a part of it: nothing would be left to be seen gone.
  const postCopy = limits.postCopy === 'Allowed' && !isPaused;
  const moved = disks.flatMap((disk) => (disk.how === 'Shared' ? [] : [{ name: disk.name, path: disk.path }]));
  const copies = disks.filter((disk) => disk.how === 'Copy').map(({ name }) => name);
  const facts = readDomain(live);
  const call = moveCall({
    live: destinationDocument(live, move.incarnation, moved),
    persistent: destinationDocument(persistent ?? live, move.incarnation, moved),
    address: move.address,
    copied: facts.disks.filter(({ name }) => name !== null && copies.includes(name)).map((disk) => disk.target),
    paused: isPaused,
    sharedDisks: disks.some((disk) => disk.how === 'Shared'),
    autoConverge: limits.autoConverge !== 'Forbidden',
    postCopy,
    connections: limits.parallelConnections ?? 1,
    tls: move.tls,
    bandwidthBytes: move.bandwidthBytes,
  });
  await journal.record({
    phase: 'Moving',
    wasPaused: isPausedByUser,
    paused: isPaused,
    reason: undefined,
    message: undefined,
    progressBytes: 0,
  });
  await setMaxDowntime(source, right, move.uuid, limits.maxDowntimeMilliseconds ?? DEFAULT_DOWNTIME_MS);
  work.tries += 1;
  const watch = new Watch(work, facts.memoryBytes, postCopy);
  try {
    await migrateDomain(source, target, right, { uuid: move.uuid, ...call }, watch.cuts);
    work.failure = null;
    work.handedOverAtMs = work.deps.clock.monotonicMs();
    log.info({ machine: move.object, from: source.name, to: target.name }, 'the machine has moved');
  } catch (error) {
    if (errorClassOf(error) === 'LeaseLost') throw error;
    work.failure = watch.verdict ?? failureOf(error);
    log.info({ machine: move.object, error: toMessage(error), reason: work.failure.reason }, 'the move has ended');
    // What was sent before an answer was lost may still be on its way: only a new listing is believed.
    if (!work.signal.aborted) await Promise.allSettled([source.resync(), target.resync()]);
  } finally {
    watch.end();
  }
}

/** Looks after a move that goes on: tells how far it is, and ends it when it must not go on. */
class Watch {
  /** Why it was ended, when it was by us. */
  verdict: Failure | null = null;
  readonly #work: Work;
  readonly #deadlineMs: number;
  readonly #memoryBytes: number;
  readonly #postCopy: boolean;
  readonly #cutSource = new AbortController();
  readonly #cutTarget = new AbortController();
  readonly #hiddenSince = new Map<string, number>();
  readonly #startedMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #isForced = false;
  #deadlineOf: number | null = null;

  constructor(work: Work, memoryBytes: number, postCopy: boolean) {
    this.#work = work;
    this.#postCopy = postCopy;
    this.#memoryBytes = memoryBytes;
    this.#startedMs = this.#now();
    const seconds = work.move.limits.timeoutSeconds;
    this.#deadlineMs = seconds === undefined ? BASE_TIMEOUT_MS : seconds * 1_000;
    this.#arm();
  }

  get cuts(): { source: AbortSignal; target: AbortSignal } {
    return { source: this.#cutSource.signal, target: this.#cutTarget.signal };
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #now(): number {
    return this.#work.deps.clock.monotonicMs();
  }

  #arm(): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      void this.#look()
        .catch((error: unknown) => {
          this.#work.log.debug({ error: toMessage(error) }, 'the move was not looked at');
        })
        .finally(() => this.#arm());
    }, LOOK_EVERY_MS);
  }

  async #look(): Promise<void> {
    const { move, journal, signal } = this.#work;
    const isSourceSeen = this.#watchHost(move.source, this.#cutSource);
    const isTargetSeen = this.#watchHost(move.target, this.#cutTarget);
    // The source's last word is lost with its connection: the target's copy must not wait for it either.
    if (this.#cutSource.signal.aborted && !this.#cutTarget.signal.aborted) this.#cut(this.#cutTarget, move.source.name);
    if (!isSourceSeen) return;
    if (journal.endReason !== null || signal.aborted) {
      await this.#abort({ reason: 'Cancelled', message: 'It was cancelled.', isLasting: false });
      return;
    }
    if (!isTargetSeen) {
      if (this.#cutTarget.signal.aborted) await this.#abort(null);
      return;
    }
    const job = await domainJob(sourceOf(this.#work), move.uuid);
    if (job?.kind !== 'MigrationOut') return;
    this.#tell(job);
    if (this.#now() - this.#startedMs >= this.#timeoutMs(job)) await this.#outOfTime();
  }

  /** Given, or by what is to be sent; it is known once the hypervisor has said it first. */
  #timeoutMs(job: JobFacts): number {
    if (this.#work.move.limits.timeoutSeconds !== undefined) return this.#deadlineMs;
    this.#deadlineOf ??= Math.max(job.totalBytes, this.#memoryBytes);
    return this.#deadlineMs + (this.#deadlineOf / BYTES_PER_SECOND) * 1_000;
  }

  #tell(job: JobFacts): void {
    const { journal } = this.#work;
    const rate = journal.entry.ratePerSecond;
    // Disks are sent first, and the hypervisor does not speak of memory before it has begun with that.
    const remainingBytes = job.remainingBytes + (job.iteration ? 0 : this.#memoryBytes);
    journal.note({
      progressBytes: job.processedBytes,
      totalBytes: job.processedBytes + remainingBytes,
      ...(job.iteration === undefined ? {} : { iteration: job.iteration }),
      remainingSeconds: rate ? Math.ceil(remainingBytes / rate) : undefined,
    });
  }

  async #outOfTime(): Promise<void> {
    const { move, right, log, journal } = this.#work;
    if (this.#isForced) return;
    const seconds = Math.round((this.#now() - this.#startedMs) / 1_000);
    if (move.limits.timeoutAction !== 'ForceComplete') {
      await this.#abort({
        reason: 'TimedOut',
        message: `${move.object} wrote memory or disks faster than they could be sent, and the move was ended after ${seconds} s. It goes on on host ${move.source.name}. Allow more downtime, bandwidth, time (spec.migration), or post-copy.`,
        isLasting: true,
      });
      return;
    }
    this.#isForced = true;
    const source = sourceOf(this.#work);
    log.info({ machine: move.object, seconds }, 'the move is brought to its end by force');
    // Who finds it standing still must know that it was not its user.
    await journal.record({ phase: 'HandingOver' });
    if (this.#postCopy) await startPostCopy(source, right, move.uuid);
    else await suspendDomain(source, right, move.uuid);
  }

  async #abort(why: Failure | null): Promise<void> {
    this.verdict ??= why;
    await abortJob(sourceOf(this.#work), this.#work.right, this.#work.move.uuid);
  }

  /** Whether it is in sight; after a while without, its connection is cut. */
  #watchHost(place: { name: string; uid: string | undefined }, cut: AbortController): boolean {
    if (!('why' in hostInSight(this.#work.deps.hosts, place))) {
      this.#hiddenSince.delete(place.name);
      return true;
    }
    const since = this.#hiddenSince.get(place.name) ?? this.#now();
    this.#hiddenSince.set(place.name, since);
    if (this.#now() - since >= GIVE_UP_MS && !cut.signal.aborted) this.#cut(cut, place.name);
    return false;
  }

  #cut(cut: AbortController, host: string): void {
    this.verdict ??= {
      reason: 'MoveFailed',
      message: `Host ${host} went out of sight while ${this.#work.move.object} was moved.`,
      isLasting: false,
    };
    this.#work.log.warn({ host }, 'the connection of the move is cut');
    cut.abort(new Error(`host ${host} is out of sight`));
  }
}
