import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Plan, planRig, slotCount } from './plan.ts';

/** Machine-wide: rigs of several checkouts share the machine's namespaces, bridges and ports. */
const registry = '/run/virtfleet-rigs';

function holder(slot: number): string | null {
  try {
    return readFileSync(join(registry, String(slot)), 'utf8').trim();
  } catch {
    return null;
  }
}

/** The slot that a rig's directory holds, if any. */
export function slotOf(dir: string): number | null {
  if (!existsSync(registry)) return null;
  const mine = readdirSync(registry).find((file) => holder(Number(file)) === dir);
  return mine === undefined ? null : Number(mine);
}

/**
 * Takes a free slot for the rig in `dir`, or the one it has. A slot whose rig's directory is gone (a checkout that
 * was deleted while its rig ran) is swept and taken over.
 */
export async function takeSlot(dir: string, sweep: (slot: number, goneDir: string) => Promise<void>): Promise<number> {
  const mine = slotOf(dir);
  if (mine !== null) return mine;
  mkdirSync(registry, { recursive: true });
  for (let slot = 0; slot < slotCount; slot++) {
    const other = holder(slot);
    if (other !== null && !existsSync(other)) {
      await sweep(slot, other);
      releaseSlot(slot);
    }
    if (!claim(slot, dir)) continue;
    if (await portsAreFree(planRig(slot))) return slot;
    releaseSlot(slot); // something else on this machine listens there
  }
  throw new Error(`all ${slotCount} slots for rigs are taken on this machine (see ${registry}): end one with rig down`);
}

export function releaseSlot(slot: number): void {
  rmSync(join(registry, String(slot)), { force: true });
}

function claim(slot: number, dir: string): boolean {
  try {
    writeFileSync(join(registry, String(slot)), dir, { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

async function portsAreFree(plan: Plan): Promise<boolean> {
  const free = await Promise.all(Object.values(plan.ports).map(isPortFree));
  return free.every(Boolean);
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
