/** etcd and the API server of a rig: stopped, put back to what they were, and awaited. */
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { virtualMachineKind } from '#api/v1alpha1/index.ts';
import type { KubeClient } from '#kube/client.ts';
import type { RigClient } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';

/**
 * Resolves when the API server answers with what is in etcd. One that has just started refuses custom resources until it
 * has read their definitions.
 */
export async function apiServes(client: KubeClient, timeoutMs = 60_000): Promise<void> {
  await waitFor('the API server to serve', () => client.listAll(virtualMachineKind), {
    timeoutMs,
    intervalMs: 100,
  });
}

export async function withoutApi(rig: RigClient, client: KubeClient, meanwhile: () => Promise<void>): Promise<void> {
  await rig.component('apiserver', 'kill');
  try {
    await meanwhile();
  } finally {
    await rig.component('apiserver', 'start');
    await apiServes(client);
  }
}

/** A copy of etcd's data, taken while it stands still: what a backup holds. */
export class EtcdBackup {
  readonly #rig: RigClient;
  readonly #client: KubeClient;
  readonly #data: string;
  readonly #copy: string;

  private constructor(rig: RigClient, client: KubeClient) {
    this.#rig = rig;
    this.#client = client;
    this.#data = join(rig.dir, 'etcd');
    this.#copy = join(rig.dir, 'etcd-backup');
  }

  static async take(rig: RigClient, client: KubeClient): Promise<EtcdBackup> {
    const backup = new EtcdBackup(rig, client);
    if (!existsSync(backup.#data)) throw new Error('this rig has no etcd of its own');
    rmSync(backup.#copy, { recursive: true, force: true });
    await backup.#whileDown(async () => cpSync(backup.#data, backup.#copy, { recursive: true }));
    return backup;
  }

  /**
   * As the manuals of restoring say: all of the control plane is down, the data is replaced, and it starts again. The
   * operator is left to find out by itself.
   */
  async restore(): Promise<void> {
    await this.#rig.component('controller-manager', 'kill');
    await this.#whileDown(async () => {
      rmSync(`${this.#data}.replaced`, { recursive: true, force: true });
      renameSync(this.#data, `${this.#data}.replaced`);
      cpSync(this.#copy, this.#data, { recursive: true });
    });
    await this.#rig.component('controller-manager', 'start');
  }

  discard(): void {
    for (const path of [this.#copy, `${this.#data}.replaced`]) rmSync(path, { recursive: true, force: true });
  }

  async #whileDown(change: () => Promise<void>): Promise<void> {
    await this.#rig.component('apiserver', 'kill');
    await this.#rig.component('etcd', 'stop');
    try {
      await change();
    } finally {
      await this.#rig.component('etcd', 'start');
      await this.#rig.component('apiserver', 'start');
      await apiServes(this.#client);
    }
  }
}
