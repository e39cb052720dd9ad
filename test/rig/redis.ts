import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { tryRun } from './command.ts';
import type { Daemons } from './daemons.ts';
import type { Plan } from './plan.ts';

/** A Redis (or Valkey) as the operator demands one: append-only file, nothing evicted. */
export async function startRedis(dir: string, plan: Plan, daemons: Daemons): Promise<void> {
  const port = plan.ports.redis;
  const data = join(dir, 'redis');
  mkdirSync(data, { recursive: true });
  await daemons.startAndWait(
    {
      name: 'redis',
      argv: [
        ...[await findServer(), '--port', String(port), '--bind', '127.0.0.1', '--dir', data],
        // a title of its own would overwrite the environment that the rig knows it by
        ...['--set-proc-title', 'no'],
        ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'],
      ],
    },
    () => ping(port),
    20_000,
  );
}

async function findServer(): Promise<string> {
  for (const program of ['redis-server', 'valkey-server']) {
    const answer = await tryRun(program, ['--version']).catch(() => null);
    if (answer?.code === 0) return program;
  }
  throw new Error('neither redis-server nor valkey-server is installed: run make setup');
}

function ping(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
