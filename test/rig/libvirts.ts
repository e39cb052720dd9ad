import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.ts';
import { lockRig } from './lock.ts';
import { libvirtsDir, sharedDir } from './paths.ts';
import { say } from './say.ts';
import { waitFor } from './wait.ts';

/** The daemons of a host, in the order of their start: one for everything, or one a driver and a proxy for the network. */
export const wholeDaemon: readonly string[] = ['libvirtd'];
export const splitDaemons: readonly string[] = ['virtstoraged', 'virtnetworkd', 'virtqemud', 'virtproxyd'];

/** What a host runs: names of folders in .rig/libvirts, which every host sees as /mnt/libvirts. */
export interface HostLibvirt {
  /** the root file system that /usr comes from; null: this machine's own */
  root: string | null;
  /** where the split daemons are; null: libvirtd */
  split: string | null;
}

const builders = join(import.meta.dirname, 'libvirts');

/** The name of this machine's own Debian, such as bookworm. */
export function ownSuite(): string | null {
  return /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? null;
}

/** The root of another Debian, built once; null when it is the one that this machine is. */
export async function ensureSuite(suite: string): Promise<string | null> {
  if (suite === ownSuite()) return null;
  return await ensureBuilt(
    `root-${suite}`,
    'suite.sh',
    suite,
    [suite],
    `making a root file system of Debian ${suite} with its libvirt and QEMU (about 300 MB, 1 to 2 minutes, once)`,
  );
}

/** virtqemud and its like for that Debian's libvirt, or (null) for this machine's own, built once. */
export async function ensureSplitDaemons(suite: string | null): Promise<string> {
  const own = ownSuite();
  if (suite !== null && suite !== own) {
    return await ensureBuilt(
      `split-${suite}`,
      'split.sh',
      suite,
      [suite],
      `building libvirt's split daemons for Debian ${suite} (about 200 MB of tools for it, 3 minutes, once)`,
    );
  }
  const [, version = ''] = (await run('dpkg-query', ['--show', 'libvirt0'])).trim().split('\t');
  return await ensureBuilt(
    'split',
    'split.sh',
    version,
    [own ?? ''],
    `building libvirt's split daemons from the source of ${version} (1 to 2 minutes, once)`,
  );
}

async function ensureBuilt(
  kind: string,
  script: string,
  of: string,
  args: readonly string[],
  meanwhile: string,
): Promise<string> {
  const file = join(builders, script);
  const name = `${kind}-${createHash('sha256').update(of).update(readFileSync(file)).digest('hex').slice(0, 12)}`;
  const out = join(libvirtsDir, name);
  if (existsSync(out)) return name;
  mkdirSync(libvirtsDir, { recursive: true });
  // two rigs may want it at the same time
  const unlock = await waitFor(`${name}, which is being built`, () => tryLock(name), {
    timeoutMs: 1_200_000,
    intervalMs: 500,
  });
  try {
    if (!existsSync(out)) {
      say(meanwhile);
      await run('bash', [file, ...args, out], { timeoutMs: 1_200_000 });
    }
  } finally {
    unlock?.();
  }
  return name;
}

function tryLock(name: string): (() => void) | null {
  try {
    return lockRig(sharedDir, name);
  } catch {
    return null;
  }
}
