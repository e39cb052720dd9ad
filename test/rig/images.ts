import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { GuestImage } from './args.ts';
import type { Authority } from './certificates.ts';
import { run } from './command.ts';
import type { Daemons } from './daemons.ts';
import { lockRig } from './lock.ts';
import { plugIn } from './network.ts';
import { imageCacheDir, nodeBinary, sharedDir } from './paths.ts';
import { type Plan, planImageServer } from './plan.ts';
import { say } from './say.ts';
import { waitFor } from './wait.ts';

export interface BuiltImage {
  file: string;
  sha256: string;
}

const meanwhile: Record<GuestImage, string> = {
  tiny: "building the tiny guest image from Debian's cloud kernel and busybox (about 20 s, once)",
  debian: 'building the debian guest image with mmdebstrap (about 2 minutes, once)',
};

/** Builds a guest image, once: again only when its script or the kernel that goes into it has changed. */
export async function buildImage(image: GuestImage): Promise<BuiltImage> {
  const source = join(import.meta.dirname, 'images', image);
  const script = join(source, 'build.sh');
  const kernels = readdirSync('/boot').filter((file) => file.startsWith('vmlinuz-') && file.includes('cloud'));
  const hash = createHash('sha256').update(kernels.sort().join(' '));
  for (const name of readdirSync(source).sort()) hash.update(name).update(readFileSync(join(source, name)));
  const file = join(imageCacheDir, `${image}-${hash.digest('hex').slice(0, 12)}.qcow2`);
  const sum = `${file}.sha256`;
  mkdirSync(imageCacheDir, { recursive: true });
  if (!existsSync(sum)) {
    // two rigs may want it at the same time
    const unlock = await waitFor(`the ${image} image that is being built`, () => tryLock(`image-${image}`), {
      timeoutMs: 300_000,
      intervalMs: 500,
    });
    try {
      if (!existsSync(sum)) await buildAndSum(image, script, file, sum);
    } finally {
      unlock?.();
    }
  }
  return { file, sha256: readFileSync(sum, 'utf8').trim() };
}

function tryLock(name: string): (() => void) | null {
  try {
    return lockRig(sharedDir, name);
  } catch {
    return null;
  }
}

async function buildAndSum(image: GuestImage, script: string, file: string, sum: string): Promise<void> {
  say(meanwhile[image]);
  for (const old of readdirSync(imageCacheDir)) {
    if (old.startsWith(`${image}-`)) rmSync(join(imageCacheDir, old));
  }
  await run('bash', [script, `${file}.new`], { timeoutMs: 900_000 });
  renameSync(`${file}.new`, file);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(sum, `${digest}\n`);
}

const folder = (dir: string) => join(dir, 'www');

/** Puts an image under the name by which the rig's server gives it out. */
export function publishImage(dir: string, image: GuestImage, built: BuiltImage): void {
  const link = join(folder(dir), `${image}.qcow2`);
  mkdirSync(folder(dir), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(built.file, link);
}

export async function startImageServer(dir: string, plan: Plan, daemons: Daemons, authority: Authority): Promise<void> {
  const port = planImageServer(plan);
  mkdirSync(folder(dir), { recursive: true });
  await plugIn(plan, port);
  const { certFile, keyFile } = await authority.issue({
    name: 'images',
    commonName: 'images',
    usage: 'server',
    alternativeNames: [`IP:${port.address}`],
  });
  await daemons.startAndWait(
    {
      name: 'images',
      argv: [
        ...['nsenter', `--net=/run/netns/${port.namespace}`, nodeBinary, join(import.meta.dirname, 'image-server.ts')],
        ...['--dir', folder(dir), '--address', port.address, '--cert', certFile, '--key', keyFile],
      ],
    },
    async () => (await fetch(`http://${port.address}/requests`, { signal: AbortSignal.timeout(1_000) })).ok,
    20_000,
  );
}
