/**
 * Hundreds of hosts on one computer: libvirtds without hypervisors (libvirt's test driver is part of its library), each
 * with a port and a state of its own. One takes 3 MB. They lie in one mount namespace, so that nothing of this computer's
 * libvirt is seen or touched.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rig } from '../../e2e/support/world.ts';
import { endAll, identify, type ProcessId, send } from '../../rig/processes.ts';
import { waitFor } from '../../rig/wait.ts';

const FIRST_PORT = 26_000;

const SCRIPT = `set -eu
mount --make-rprivate /
for d in /run/libvirt /var/lib/libvirt /var/log/libvirt /var/cache/libvirt; do mkdir -p $d; mount -t tmpfs tmpfs $d; done
for conf in "$1"/*.conf; do
  libvirtd --listen --config "$conf" --pid-file "\${conf%.conf}.pid" >"\${conf%.conf}.log" 2>&1 &
done
wait`;

export class CrowdOfHosts {
  readonly #dir: string;
  readonly #count: number;
  readonly #shell: ChildProcess;
  readonly #address: string;

  private constructor(dir: string, count: number, shell: ChildProcess, address: string) {
    this.#dir = dir;
    this.#count = count;
    this.#shell = shell;
    this.#address = address;
  }

  static async start(count: number): Promise<CrowdOfHosts> {
    const dir = mkdtempSync(join(tmpdir(), 'chaos-crowd-'));
    // this computer's own address on the rig's network: no other rig has it
    const address = (rig.hosts[0]?.address ?? '').replace(/\.\d+\.\d+$/, '.0.1');
    mkdirSync(join(dir, 'drivers'));
    for (let at = 0; at < count; at += 1) {
      const run = join(dir, `run-${at}`);
      mkdirSync(run);
      const lines = [
        'listen_tls = 0',
        'listen_tcp = 1',
        'auth_tcp = "none"',
        `listen_addr = "${address}"`,
        `tcp_port = "${FIRST_PORT + at}"`,
        `unix_sock_dir = "${run}"`,
        'min_workers = 2',
        'max_workers = 8',
        'prio_workers = 1',
        'admin_min_workers = 1',
      ];
      writeFileSync(join(dir, `${at}.conf`), `${lines.join('\n')}\n`);
    }
    const shell = spawn('unshare', ['--mount', 'sh', '-c', SCRIPT, 'sh', dir], {
      env: { ...process.env, LIBVIRT_DRIVER_DIR: join(dir, 'drivers'), VIRTFLEET_RIG_MARK: rig.dir },
      detached: true,
      stdio: 'ignore',
    });
    const crowd = new CrowdOfHosts(dir, count, shell, address);
    await waitFor('all libvirtds of the crowd to run', () => crowd.#processes().length === count, {
      timeoutMs: 120_000,
      intervalMs: 250,
    }).catch(async (error: unknown) => {
      await crowd.end();
      throw error;
    });
    return crowd;
  }

  uri(at: number): string {
    return `test+tcp://${this.#address}:${FIRST_PORT + at}/default`;
  }

  #processes(from = 0, to = this.#count): ProcessId[] {
    const found: ProcessId[] = [];
    for (let at = from; at < to; at += 1) {
      const file = join(this.#dir, `${at}.pid`);
      const process = existsSync(file) ? identify(Number(readFileSync(file, 'utf8'))) : null;
      if (process) found.push(process);
    }
    return found;
  }

  /** Stops the processes from `from` to before `to`: they keep their connections, take new ones, and say nothing. */
  freeze(from: number, to: number): void {
    for (const process of this.#processes(from, to)) send(process, 'SIGSTOP');
  }

  thaw(): void {
    for (const process of this.#processes()) send(process, 'SIGCONT');
  }

  async end(): Promise<void> {
    this.thaw();
    const shell = this.#shell.pid === undefined ? null : identify(this.#shell.pid);
    await endAll([...this.#processes(), ...(shell ? [shell] : [])], 10_000);
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
