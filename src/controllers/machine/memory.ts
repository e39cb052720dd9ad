/**
 * What this process remembers of a machine between two reconciles. Losing it costs a repeated ACPI request or one more
 * look at a host, never a wrong step: what must not be lost stands in status.
 */
import type { VolumeStatus } from '#api/v1alpha1/virtual-machine-status.ts';
import type { ObjectMeta } from '#kube/types.ts';
import type { RestartRequired } from '#libvirt/domain.ts';
import type { SaveState } from './save.ts';

export interface GuestFacts {
  /** Of the run that they were learned in; facts of an earlier run are not shown. */
  runGeneration: number;
  hostname: string | null;
  osName: string | null;
  osVersion: string | null;
  kernel: string | null;
  /** By MAC, lower case. */
  addresses: Map<string, { address: string; prefix: number; source: 'Agent' | 'Lease' | 'ARP' }[]>;
}

export interface MachineMemory {
  /** This process has sent a decision about its host, whether the answer came or not. */
  decided: boolean;
  shutdownSentAt: number | null;
  /** Uid of the operation that this process claimed. */
  claimedHere: string | null;
  /** The run that this process has started: when it is off again, that run is over. */
  startedGeneration: number | null;
  reset: { uid: string; failure: { reason: string; message: string } | null } | null;
  save: SaveState | null;
  /** `seenAt` of the domain's record and the hash of the wanted document for which nothing was left to do. */
  verified: string | null;
  /** When a machine that was found as it was left is looked at in full for the first time, wall-clock ms. */
  firstLookAt: number | null;
  /** Something of it has changed since this process leads: it is not as it was left. */
  isStirred: boolean;
  /** What only the next start brings, as read when `verified` was set. */
  restartRequired: RestartRequired[];
  drift: { path: string; wanted: string; found: string }[];
  guest: GuestFacts | null;
  agentConnected: boolean;
  /** Asked so often since the machine was started. */
  guestPolls: number;
  guestPolledAt: number | null;
  /** Since when its host cannot be seen, wall-clock ms. */
  hiddenSince: number | null;
  /** Volumes as they were found or made, until the next write of status holds it. */
  learned: Map<string, VolumeStatus>;
  /** Released volumes and interfaces that were taken apart, until the next write of status drops them. */
  dropped: Set<string>;
  /** Live changes that were refused, with the reason: they wait for the next start. */
  liveRefused: Map<string, string>;
  /** A guest may take its time to let go of a device: the same change is not asked for again at once. */
  liveTriedAt: number | null;
  /** When its networks and reservations were last seen to be in order on its host; monotonic ms. */
  networksSeenAt: number | null;
  /** Of which move the networks at the target were brought in order by this process. */
  moveReady: string | null;
}

/** Between our clock, which follows the API server's, and the one that wrote creationTimestamp. */
const CLOCKS_APART_MS = 5_000;
/** Of so many that are gone it is remembered that something was decided about them. */
const MOST_GONE = 4_096;

export class Memories {
  readonly #byUid = new Map<string, MachineMemory>();
  /** Of what was made later than that, only this process can have decided, and it remembers; wall-clock ms. */
  #decidingSince: number | null = null;
  /** When they were made, of objects that are gone after something was decided about them; the oldest first. */
  readonly #gone = new Map<string, number>();
  /** When the last was made that is no longer remembered among those. */
  #forgottenUntil = Number.NEGATIVE_INFINITY;
  readonly #mostGone: number;

  constructor(mostGone = MOST_GONE) {
    this.#mostGone = mostGone;
  }

  /** To be said when this process begins to lead: nothing of an earlier leader can arrive any more. */
  decides(now: number): void {
    this.#decidingSince ??= now;
  }

  /**
   * Made since this process decides, and it has sent no decision about it: then nobody has, and no host can have it. Its
   * status alone does not say so, since it may have been rolled back with a restored etcd.
   */
  isNewHere({ uid, creationTimestamp }: Pick<ObjectMeta, 'uid' | 'creationTimestamp'>): boolean {
    if (this.#decidingSince === null || this.#byUid.get(uid)?.decided || this.#gone.has(uid)) return false;
    const created = Date.parse(creationTimestamp ?? '');
    return created > this.#decidingSince + CLOCKS_APART_MS && created > this.#forgottenUntil;
  }

  of(uid: string): MachineMemory {
    let memory = this.#byUid.get(uid);
    if (!memory) {
      memory = {
        decided: false,
        shutdownSentAt: null,
        claimedHere: null,
        startedGeneration: null,
        reset: null,
        save: null,
        verified: null,
        firstLookAt: null,
        isStirred: false,
        restartRequired: [],
        drift: [],
        guest: null,
        agentConnected: false,
        guestPolls: 0,
        guestPolledAt: null,
        hiddenSince: null,
        learned: new Map(),
        dropped: new Set(),
        liveRefused: new Map(),
        liveTriedAt: null,
        networksSeenAt: null,
        moveReady: null,
      };
      this.#byUid.set(uid, memory);
    }
    return memory;
  }

  /** The object is gone. Should a restored etcd bring it back, what was decided about it must not be taken for nothing. */
  forget({ uid, creationTimestamp }: Pick<ObjectMeta, 'uid' | 'creationTimestamp'>): void {
    if (this.#byUid.get(uid)?.decided) this.#gone.set(uid, Date.parse(creationTimestamp ?? ''));
    this.#byUid.delete(uid);
    const [oldest] = this.#gone;
    if (!oldest || this.#gone.size <= this.#mostGone) return;
    this.#gone.delete(oldest[0]);
    this.#forgottenUntil = Math.max(this.#forgottenUntil, oldest[1]);
  }
}
