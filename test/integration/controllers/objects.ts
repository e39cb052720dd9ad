/** Short ways to make, read and wait for objects. */
import type { RigClient } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';

export const API = 'virtfleet.io/v1alpha1';

export interface Seen<Status = Record<string, unknown>> {
  metadata: { name: string; uid: string; deletionTimestamp?: string };
  status?: Status & { conditions?: { type: string; status: string; reason: string; message: string }[] };
}

export interface ConditionSeen {
  status: string;
  reason: string;
  message: string;
}

export class Objects {
  readonly #rig: RigClient;

  constructor(rig: RigClient) {
    this.#rig = rig;
  }

  async apply(kind: string, name: string, spec: object, namespace?: string): Promise<void> {
    const metadata = { name, ...(namespace ? { namespace } : {}) };
    await this.#rig.kubectl.apply([{ apiVersion: API, kind, metadata, spec }]);
  }

  get<S>(kind: string, name: string, namespace = 'default'): Promise<Seen<S>> {
    return this.#rig.kubectl.get<Seen<S>>(kind, name, '-n', namespace);
  }

  /** Null when it is gone. */
  async find<S>(kind: string, name: string, namespace = 'default'): Promise<Seen<S> | null> {
    const list = await this.#rig.kubectl.get<{ items: Seen<S>[] }>(kind, '-n', namespace);
    return list.items.find(({ metadata }) => metadata.name === name) ?? null;
  }

  async condition(kind: string, name: string, type: string, namespace?: string): Promise<ConditionSeen | undefined> {
    const { status } = await this.get(kind, name, namespace);
    return status?.conditions?.find((condition) => condition.type === type);
  }

  /** Waits until the condition has this reason; the message of a failure tells what it has instead. */
  async reaches(kind: string, name: string, type: string, reason: string, timeoutMs = 30_000): Promise<ConditionSeen> {
    const found = await waitFor(
      `${kind} ${name} to be ${type} for ${reason}`,
      async () => {
        const condition = await this.condition(kind, name, type);
        if (condition?.reason === reason) return condition;
        throw new Error(`it is ${JSON.stringify(condition)}`);
      },
      { timeoutMs, intervalMs: 200 },
    );
    if (!found) throw new Error('unreachable');
    return found;
  }

  async delete(kind: string, name: string, namespace = 'default'): Promise<void> {
    await this.#rig.kubectl.run('delete', kind, name, '-n', namespace, '--wait=false', '--ignore-not-found');
  }

  async gone(kind: string, name: string, namespace = 'default', timeoutMs = 30_000): Promise<void> {
    await waitFor(`${kind} ${name} to be gone`, async () => (await this.find(kind, name, namespace)) === null, {
      timeoutMs,
      intervalMs: 200,
    });
  }

  async patch(kind: string, name: string, patch: object, ...args: string[]): Promise<void> {
    await this.#rig.kubectl.run('patch', kind, name, '--type=merge', '-p', JSON.stringify(patch), ...args);
  }
}
