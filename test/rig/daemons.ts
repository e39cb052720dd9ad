import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { interruption } from './interruption.ts';
import { endAll, findByEnvironment, identify, isAlive, isStopped, type ProcessId, send } from './processes.ts';
import { waitFor } from './wait.ts';

/** Carried in the environment of everything that a rig starts, so that nothing of it can be lost. */
const markVariable = 'VIRTFLEET_RIG_MARK';

/** How a background process is started; kept on disk, so that `start` after a fault does the same again. */
export interface DaemonSpec {
  name: string;
  argv: readonly string[];
  env?: Record<string, string>;
  cwd?: string;
  /** how long it may take to end by itself */
  graceMs?: number;
}

interface DaemonRecord extends DaemonSpec {
  process: ProcessId | null;
}

export type DaemonState = 'running' | 'frozen' | 'stopped';

/** The background processes of one rig, each with a log file and a record on disk. */
export class Daemons {
  readonly #dir: string;
  readonly #mark: string;

  constructor(dir: string) {
    this.#dir = join(dir, 'daemons');
    this.#mark = dir;
  }

  logFile(name: string): string {
    return join(this.#dir, `${name}.log`);
  }

  names(): string[] {
    if (!existsSync(this.#dir)) return [];
    return readdirSync(this.#dir).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
  }

  /** The environment of everything that belongs to this rig. */
  get markedEnvironment(): Record<string, string> {
    return { [markVariable]: this.#mark };
  }

  start(spec: DaemonSpec): ProcessId {
    mkdirSync(this.#dir, { recursive: true });
    const old = this.#read(spec.name);
    if (old?.process && isAlive(old.process)) return old.process;
    interruption.signal.throwIfAborted();
    const log = openSync(this.logFile(spec.name), 'a');
    try {
      const [program = '', ...args] = spec.argv;
      const child = spawn(program, args, {
        cwd: spec.cwd ?? '/',
        detached: true,
        env: { ...process.env, ...spec.env, ...this.markedEnvironment },
        stdio: ['ignore', log, log],
      });
      child.on('error', () => {}); // seen below: no pid
      if (child.pid === undefined) throw new Error(`cannot start ${spec.name}: ${program} cannot be run`);
      child.unref();
      const started = identify(child.pid);
      this.#write({ ...spec, process: started });
      if (started === null) throw this.#failure(spec.name, 'ended at once');
      return started;
    } finally {
      closeSync(log);
    }
  }

  /** Starts a daemon and waits until it serves; says its last words when it ends instead. */
  async startAndWait(spec: DaemonSpec, ready: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
    const started = this.start(spec);
    let ended = false;
    await waitFor(
      `${spec.name} to serve`,
      async () => {
        ended = !isAlive(started);
        return ended || (await ready());
      },
      { timeoutMs, intervalMs: 100 },
    ).catch((error: Error) => {
      throw this.#failure(spec.name, error.message);
    });
    if (ended) throw this.#failure(spec.name, 'ended instead of serving');
  }

  /** Records how a daemon is to be started, without starting it. */
  prepare(spec: DaemonSpec): void {
    mkdirSync(this.#dir, { recursive: true });
    this.#write({ ...spec, process: null });
  }

  /** Starts again what was started or prepared before; `env` is added for this once. */
  restart(name: string, env: Record<string, string> = {}): ProcessId {
    const { process: _, ...spec } = this.#recorded(name);
    const started = this.start({ ...spec, env: { ...spec.env, ...env } });
    this.#write({ ...spec, process: started });
    return started;
  }

  async stop(name: string): Promise<void> {
    const record = this.#recorded(name);
    if (record.process) await endAll([record.process], record.graceMs ?? 10_000);
  }

  async kill(name: string): Promise<void> {
    const record = this.#recorded(name);
    if (record.process) await endAll([record.process], 0);
  }

  /** Stops (or lets go on) a process where it stands; its sockets stay open. */
  async freeze(name: string, frozen: boolean): Promise<void> {
    const { process } = this.#recorded(name);
    if (!process || !send(process, frozen ? 'SIGSTOP' : 'SIGCONT')) throw new Error(`${name} does not run`);
    await waitFor(`${name} to be ${frozen ? 'frozen' : 'thawed'}`, () => isStopped(process) === frozen, {
      timeoutMs: 5_000,
    });
  }

  state(name: string): DaemonState {
    const process = this.#read(name)?.process;
    if (!process || !isAlive(process)) return 'stopped';
    return isStopped(process) ? 'frozen' : 'running';
  }

  process(name: string): ProcessId | null {
    const process = this.#read(name)?.process;
    return process && isAlive(process) ? process : null;
  }

  forget(name: string): void {
    rmSync(this.#file(name), { force: true });
  }

  /** Ends all that this rig ever started and that still runs, recorded or not. */
  async endEverything(graceMs: number): Promise<void> {
    const recorded = this.names().flatMap((name) => this.process(name) ?? []);
    await endAll([...findByEnvironment(markVariable, this.#mark), ...recorded], graceMs);
    // what a process started in its last moment
    await endAll(findByEnvironment(markVariable, this.#mark), 0);
  }

  #recorded(name: string): DaemonRecord {
    const record = this.#read(name);
    if (record === null) throw new Error(`this rig has no ${name}; it has: ${this.names().sort().join(', ')}`);
    return record;
  }

  #file(name: string): string {
    return join(this.#dir, `${name}.json`);
  }

  #read(name: string): DaemonRecord | null {
    try {
      return JSON.parse(readFileSync(this.#file(name), 'utf8')) as DaemonRecord;
    } catch {
      return null;
    }
  }

  #write(record: DaemonRecord): void {
    const file = this.#file(record.name);
    writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
    renameSync(`${file}.new`, file);
  }

  #failure(name: string, what: string): Error {
    let words = '';
    try {
      words = readFileSync(this.logFile(name), 'utf8').trim().split('\n').slice(-12).join('\n  ');
    } catch {
      words = '(it wrote nothing)';
    }
    return new Error(`${name}: ${what}. The end of its log (${this.logFile(name)}):\n  ${words}`);
  }
}
