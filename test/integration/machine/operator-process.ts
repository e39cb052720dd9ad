/** The whole operator as a process of its own on a rig without one: it can be killed at any of its effects. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RigClient } from '../../rig/client.ts';
import { nodeBinary, projectRoot } from '../../rig/paths.ts';

export class OperatorProcess {
  /** The signal or exit code that it ended by. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #scratch: string;
  readonly #effects: string;

  /** `crashAt`: it kills itself right before its effect of that number on machines and hosts. */
  constructor(rig: RigClient, options: { crashAt?: number } = {}) {
    // Sockets of tunnels lie there: their paths must be short.
    this.#scratch = mkdtempSync('/run/vf-crash-');
    this.#effects = join(this.#scratch, 'effects');
    const output = openSync(join(rig.dir, 'crash-points.log'), 'a');
    // A second operator that nobody knows of would spoil everything: it dies with the test.
    const argv = ['--pdeathsig', 'KILL', nodeBinary, join(projectRoot, 'src', 'main.ts')];
    this.#child = spawn('setpriv', argv, {
      cwd: projectRoot,
      stdio: ['ignore', output, output],
      env: {
        PATH: process.env.PATH,
        KUBECONFIG: rig.operatorKubeconfig,
        VIRTFLEET_REDIS_URL: rig.redisUrl,
        VIRTFLEET_LISTEN: '127.0.0.1:0',
        VIRTFLEET_GATEWAY_LISTEN: '127.0.0.1:0',
        VIRTFLEET_SCRATCH_DIR: this.#scratch,
        // No second process can exist: the one before is dead when the next one starts.
        VIRTFLEET_LEADER_ELECTION: 'false',
        VIRTFLEET_CRASH_LOG: this.#effects,
        // What hosts and pools count in their status at a start depends on how fast they answer.
        VIRTFLEET_CRASH_ONLY: '^(libvirt:|api:virtualmachines)',
        ...(options.crashAt === undefined ? {} : { VIRTFLEET_CRASH_AT: String(options.crashAt) }),
      },
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('exit', (code, signal) => resolve(signal ?? String(code)));
    });
  }

  /** The names of its effects on machines and hosts so far, in order. */
  effects(): string[] {
    if (!existsSync(this.#effects)) return [];
    return readFileSync(this.#effects, 'utf8')
      .split('\n')
      .flatMap((line) => line.split(' ')[1] ?? []);
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    await this.ended;
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}
