/** The operator as a process of its own, with the rights that deploy/ gives it, on the rig of the test run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RigClient } from '../../rig/client.ts';
import { projectRoot } from '../../rig/paths.ts';
import { waitFor } from '../../rig/wait.ts';

export interface Operator {
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A short Lease: tests start several operators after each other. Not so short that a busy computer ends them. */
const LEASE = {
  VIRTFLEET_LEASE_DURATION: '8s',
  VIRTFLEET_LEASE_RENEW_DEADLINE: '6s',
  VIRTFLEET_LEASE_RETRY_PERIOD: '500ms',
};

/** Resolves when it leads. */
export async function startOperator(rig: RigClient): Promise<Operator> {
  const dir = mkdtempSync(join(tmpdir(), 'vf-op-'));
  const file = join(dir, 'log');
  const stream = createWriteStream(file);
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, join(projectRoot, 'src', 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      KUBECONFIG: rig.operatorKubeconfig,
      VIRTFLEET_REDIS_URL: rig.redisUrl,
      VIRTFLEET_LISTEN: '127.0.0.1:0',
      VIRTFLEET_SCRATCH_DIR: join(dir, 's'),
      ...LEASE,
    },
  });
  child.stdout?.pipe(stream, { end: false });
  child.stderr?.pipe(stream, { end: false });
  const log = (): string => readFileSync(file, 'utf8');
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    await ended(child, signal);
    stream.end();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await waitFor(
      'the operator to lead',
      () => {
        if (child.exitCode !== null) throw new Error(`it ended: ${log().slice(-2000)}`);
        return log().includes('"msg":"leads"');
      },
      { timeoutMs: 60_000 },
    );
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return { log, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await exit;
}
