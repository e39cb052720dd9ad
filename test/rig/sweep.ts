import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, tryRun } from './command.ts';
import { Daemons } from './daemons.ts';
import { removeOperatorScratch } from './operator.ts';
import { planRig } from './plan.ts';
import { identify } from './processes.ts';
import { releaseSlot, slotOf } from './slots.ts';

/** Removes all of a rig, by name: what it recorded does not have to be whole, or there at all. */
export async function sweepRig(dir: string, options: { keepFiles?: boolean; graceMs?: number } = {}): Promise<void> {
  await new Daemons(dir).endEverything(options.graceMs ?? 0);
  const slot = slotOf(dir);
  if (slot !== null) await sweepNetwork(slot);
  await unmountBelow(dir);
  await detachLoopDevices(dir);
  if (!options.keepFiles) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  // the slot goes last: until then nobody else may take the names
  if (slot !== null) {
    removeOperatorScratch(slot);
    releaseSlot(slot);
  }
}

/** Rigs that a test run brought up for itself, "…-PID", and that it did not live to end. */
export async function sweepAbandoned(sharedDir: string): Promise<string[]> {
  const swept: string[] = [];
  for (const name of readdirSync(sharedDir)) {
    const pid = Number(/^(?:test|e2e)(?:-[a-z]+)?-(\d+)$/.exec(name)?.[1]);
    if (!pid || identify(pid) !== null) continue;
    await sweepRig(join(sharedDir, name));
    swept.push(name);
  }
  return swept;
}

/** Sweeps what a rig of a deleted checkout left in a slot. */
export async function sweepSlot(slot: number, goneDir: string): Promise<void> {
  await new Daemons(goneDir).endEverything(0);
  await sweepNetwork(slot);
  removeOperatorScratch(slot);
}

interface NamedLink {
  ifname: string;
}

/** The rig's namespaces (a veth pair goes with its namespace), then its bridge and what links are left of it. */
async function sweepNetwork(slot: number): Promise<void> {
  const { prefix } = planRig(slot);
  const namespaces = JSON.parse((await run('ip', ['-json', 'netns', 'list'])) || '[]') as { name: string }[];
  for (const { name } of namespaces) {
    if (name.startsWith(`${prefix}-`)) await run('ip', ['netns', 'delete', name]);
  }
  const ours = new RegExp(`^${prefix}([a-z][a-z0-9]*)?$`);
  const links = JSON.parse(await run('ip', ['-json', 'link', 'show'])) as NamedLink[];
  for (const { ifname } of links) {
    // a veth's end may be gone meanwhile: its namespace dies a moment after its name
    if (ours.test(ifname)) await tryRun('ip', ['link', 'delete', ifname]);
  }
}

/** Mounts are made in the hosts' own mount namespaces; this is for what must not be, but may. */
async function unmountBelow(dir: string): Promise<void> {
  const points = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .filter((point) => point.startsWith(`${dir}/`));
  for (const point of points.reverse()) await run('umount', ['--lazy', point]);
}

async function detachLoopDevices(dir: string): Promise<void> {
  const { stdout, code } = await tryRun('losetup', ['--json', '--list', '--output', 'NAME,BACK-FILE']);
  if (code !== 0 || stdout.trim() === '') return;
  const { loopdevices } = JSON.parse(stdout) as { loopdevices: { name: string; 'back-file': string | null }[] };
  for (const device of loopdevices) {
    if (device['back-file']?.startsWith(`${dir}/`)) await run('losetup', ['--detach', device.name]);
  }
}
