/**
 * What the pool is told about a host: address and credentials. The Secret is read when the entry is made, when a person
 * has changed the Host, while there is no connection (it may have been corrected), and every few minutes, so that a key that
 * was replaced does not live on in a connection's memory; not at every reconcile.
 */
import type { Host } from '#api/v1alpha1/host.ts';
import type { HostCredentials, Host as HostEntry } from '#hostpool/types.ts';
import type { KubeClient } from '#kube/client.ts';
import { type HostUri, parseHostUri } from '#libvirt/uri.ts';
import type { Clock } from '#platform/clock.ts';
import { toMessage, VirtfleetError } from '#platform/errors.ts';
import { type Secret, secretKind } from '../secrets.ts';
import type { Obstacle } from './plan.ts';
import { readCredentials } from './secret.ts';

/** How to get in. */
export interface Access {
  uri: string;
  credentials: HostCredentials;
}

export type Connection =
  /** What was read last still holds. */
  | { kind: 'Unchanged'; access: Access }
  /** Read anew. `isTouched`: a person has changed the Host since, so that whatever refused us is worth another try now. */
  | { kind: 'Read'; access: Access; isTouched: boolean }
  | { kind: 'Obstacle'; obstacle: Obstacle };

/** While connected, and while not: a hundred hosts that are away ask the API server ten times a second. */
const FRESH_MS = { connected: 4 * 60_000, away: 10_000 };

interface Known {
  /** All of the Host that people write. */
  hand: string;
  access: Access;
  readAtMs: number;
}

/** Remembers what each entry was made from. Lost at a restart, together with the entries. */
export class Connections {
  readonly #client: Pick<KubeClient, 'get'>;
  readonly #namespace: string;
  readonly #clock: Clock;
  /** By the Host's uid. */
  readonly #known = new Map<string, Known>();

  constructor(client: Pick<KubeClient, 'get'>, namespace: string, clock: Clock) {
    this.#client = client;
    this.#namespace = namespace;
    this.#clock = clock;
  }

  /** Reads what the spec asks for; one API read at most. */
  async read(object: Host, entry: HostEntry | undefined): Promise<Connection> {
    const { uri, credentialsRef } = object.spec;
    let parsed: HostUri;
    try {
      parsed = parseHostUri(uri);
    } catch (error) {
      if (!(error instanceof VirtfleetError)) throw error;
      return { kind: 'Obstacle', obstacle: { reason: 'InvalidURI', message: toMessage(error) } };
    }
    const { uid } = object.metadata;
    const hand = handOf(object);
    const known = this.#known.get(uid);
    const now = this.#clock.monotonicMs();
    const freshMs = entry?.state === 'Ready' ? FRESH_MS.connected : FRESH_MS.away;
    if (entry && known?.hand === hand && now - known.readAtMs < freshMs)
      return { kind: 'Unchanged', access: known.access };

    const secret = credentialsRef ? await this.#fetchSecret(credentialsRef.name) : null;
    const name = credentialsRef ? `${this.#namespace}/${credentialsRef.name}` : null;
    const result = readCredentials({ uri: parsed, name, secret });
    if ('obstacle' in result) return { kind: 'Obstacle', obstacle: result.obstacle };
    const access = { uri, credentials: result.credentials };
    this.#known.set(uid, { hand, access, readAtMs: now });
    return { kind: 'Read', access, isTouched: known !== undefined && known.hand !== hand };
  }

  forget(uid: string): void {
    this.#known.delete(uid);
  }

  #fetchSecret(name: string): Promise<Secret | null> {
    return this.#client.get(secretKind, { namespace: this.#namespace, name });
  }
}

function handOf({ spec, metadata }: Host): string {
  return JSON.stringify([spec, metadata.labels ?? {}, metadata.annotations ?? {}]);
}
