import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RigClient } from '../../rig/client.ts';
import { run, tryRun } from '../../rig/command.ts';
import { projectRoot, rigDir } from '../../rig/paths.ts';
import { findByEnvironment } from '../../rig/processes.ts';
import { slotOf } from '../../rig/slots.ts';
import { planOf, readState } from '../../rig/state.ts';
import { waitFor } from '../../rig/wait.ts';

/** A second rig beside the one that the other tests use. */
const name = `test-life-${process.pid}`;
const dir = rigDir(name);
const program = join(projectRoot, 'test', 'rig', 'rig');
const rig = (...args: string[]) => run(program, ['--name', name, ...args]);

/** Everything of this rig that the machine still has, whatever the rig itself believes. */
async function leftovers(prefix: string): Promise<string[]> {
  const names = async (...args: string[]) => {
    const list = JSON.parse((await run('ip', ['-json', ...args])) || '[]') as { name?: string; ifname?: string }[];
    return list.map((entry) => entry.name ?? entry.ifname ?? '');
  };
  const ours = new RegExp(`^${prefix}(-|[a-z]|$)`);
  const network = [...(await names('netns', 'list')), ...(await names('link', 'show'))].filter((n) => ours.test(n));
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(dir));
  const processes = findByEnvironment('VIRTFLEET_RIG_MARK', dir).map(({ pid }) => `process ${pid}`);
  // not every program can be known by its environment: also who works in the rig's folder or holds files of it
  const holders = (await tryRun('sh', ['-c', 'ls -l /proc/[0-9]*/cwd /proc/[0-9]*/fd 2>/dev/null'])).stdout
    .split('\n')
    .filter((line) => line.includes(`${dir}/`));
  return [...network, ...mounts, ...processes, ...holders, ...(existsSync(dir) ? [dir] : [])];
}

const prefixOf = () => {
  const state = readState(dir);
  if (!state) throw new Error(`${dir} has no state`);
  return planOf(state).prefix;
};

describe('a rig beside another', () => {
  beforeAll(() => rig('up', '--hosts', '1', '--no-operator'));
  afterAll(() => rig('down'));

  it('has a slot of its own', () => {
    const other = process.env.VIRTFLEET_RIG ?? '';
    expect(slotOf(dir)).not.toBe(slotOf(rigDir(other)));
  });

  it('leaves nothing after down, guests and their networks included', async () => {
    const prefix = prefixOf();
    const client = new RigClient(name);
    const files: [string, string][] = [
      ['net-create', network],
      ['create', guest],
    ];
    for (const [command, xml] of files) {
      await client.exec('h1', ['sh', '-c', 'printf %s "$1" >/tmp/xml', 'sh', xml]);
      await client.virsh('h1', command, '/tmp/xml');
    }
    expect((await client.hostStatus('h1')).guests).toBe(1);
    expect(await leftovers(prefix)).not.toEqual([]);
    await rig('down');
    expect(await leftovers(prefix)).toEqual([]);
    expect(slotOf(dir)).toBeNull();
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('is cleared away after %s in the midst of up', async (signal) => {
    const up = spawn(program, ['--name', name, 'up', '--hosts', '1', '--no-operator'], { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => up.once('close', () => resolve()));
    await waitFor('the first host', () => existsSync(join(dir, 'hosts', 'h1', 'run', 'host-is-ready')), {
      timeoutMs: 60_000,
      intervalMs: 20,
    });
    const prefix = prefixOf();
    up.kill(signal);
    await ended;
    if (signal === 'SIGKILL') {
      expect(await leftovers(prefix)).not.toEqual([]);
      await rig('down');
    }
    expect(await leftovers(prefix)).toEqual([]);
  });

  it('says what is wrong with a command, and that there is no such rig', async () => {
    const wrong = await tryRun(program, ['--name', name, 'fault', 'h1', 'explode']);
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain('no such action: explode');
    const absent = await tryRun(program, ['--name', name, 'status']);
    expect(absent).toMatchObject({ code: 1 });
    expect(absent.stderr).toContain(`--name ${name}`);
  });
});

const network = "<network><name>n</name><bridge name='vfn'/><ip address='10.9.0.1' netmask='255.255.255.0'/></network>";
const guest = `<domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='q35'>hvm</type></os><features><tcg><tb-cache unit='MiB'>16</tb-cache></tcg></features>
<devices><interface type='network'><source network='n'/></interface></devices></domain>`;
