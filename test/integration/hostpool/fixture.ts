import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostPool } from '#hostpool/pool.ts';
import type { Host, HostChange, HostCredentials, HostTarget } from '#hostpool/types.ts';
import { type Clock, systemClock } from '#platform/clock.ts';
import type { RigClient } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';

/** The fleet of these tests; its claims are taken away at their end. */
export const FLEET = '0e1c5a8e-7d53-4c11-9a56-3d6c1f9b2a01';

export function credentialsOf(rig: RigClient): HostCredentials {
  const { sshPrivateKey, knownHosts, caCertificate, clientCertificate, clientKey } = rig.credentials;
  return { sshPrivateKey, knownHosts, caCert: caCertificate, clientCert: clientCertificate, clientKey };
}

/** A pool with a scratch directory of its own, and everything that it told. */
export class TestPool {
  readonly changes: HostChange[] = [];
  readonly #dir = mkdtempSync(join(tmpdir(), 'vf-pool-'));
  readonly pool: HostPool;

  constructor(clock: Clock = systemClock) {
    this.pool = new HostPool({ leaseMarginMs: 3_000, scratchDir: this.#dir, clock });
    this.pool.onChange((change) => this.changes.push(change));
  }

  add(target: Partial<HostTarget> & Pick<HostTarget, 'uri'>): Host {
    const name = target.name ?? 'h1';
    this.pool.ensure({ name, uid: randomUUID(), credentials: {}, fleet: FLEET, ...target });
    return this.entry(name);
  }

  entry(name: string): Host {
    const host = this.pool.get(name);
    if (!host) throw new Error(`no host ${name} in the pool`);
    return host;
  }

  async ready(host: Host, timeoutMs = 20_000): Promise<Host> {
    await waitFor(`${host.name} to be in sight (${host.lastError?.message ?? host.state})`, () => host.inSight, {
      timeoutMs,
      intervalMs: 10,
    });
    return host;
  }

  /** Waits until the host was refused, or could not be reached, and says why. */
  async trouble(
    host: Host,
    timeoutMs = 15_000,
  ): Promise<{ reason: string; errorClass: string; message: string; mend: string | undefined }> {
    await waitFor(`${host.name} to say what is wrong`, () => host.lastError !== null, { timeoutMs, intervalMs: 10 });
    const error = host.lastError;
    if (!error) throw new Error('the error went away');
    return { reason: error.reason, errorClass: error.errorClass, message: error.message, mend: error.mend };
  }

  async close(): Promise<void> {
    await this.pool.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

export const until = (
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<unknown> => waitFor(what, condition, { timeoutMs, intervalMs: 20 });

/** The smallest machine that real QEMU takes: no disk, it stays in its BIOS. */
export function bareDomain(uuid: string, name: string): string {
  return `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid><memory unit='MiB'>64</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/><tcg><tb-cache unit='MiB'>32</tb-cache></tcg></features>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices></domain>`;
}
