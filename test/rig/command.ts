import { spawn } from 'node:child_process';

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string | Uint8Array;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program without a shell and returns what it said, whatever its exit code. */
export function tryRun(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      timeout: options.timeoutMs ?? 120_000,
      killSignal: 'SIGKILL',
      ...(options.signal ? { signal: options.signal } : {}),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => {}); // a program that does not read its input is no failure
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => reject(new Error(`cannot run ${program}: ${error.message}`, { cause: error })));
    child.on('close', (code, signal) => {
      const timedOut = signal !== null ? `ended by ${signal}` : '';
      resolve({ code: code ?? 128, stdout, stderr: stderr || timedOut });
    });
  });
}

/** Runs a program and returns its standard output; a failure names the command and what it said. */
export async function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await tryRun(program, args, options);
  if (result.code !== 0) {
    const said = (result.stderr.trim() || result.stdout.trim()).slice(-2000);
    throw new Error(`${program} ${args.join(' ')} failed (exit code ${result.code}): ${said}`);
  }
  return result.stdout;
}
