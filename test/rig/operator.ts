import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonSpec } from './daemons.ts';
import { clientFiles } from './host-files.ts';
import { compileCacheDir, nodeBinary, projectRoot } from './paths.ts';
import { operatorPorts, type Plan } from './plan.ts';

/** Sockets of tunnels lie there: their paths must stay short, however deep the checkout is. */
export function operatorScratchRoot(slot: number): string {
  return `/run/virtfleet-rig-${slot}`;
}

export function operatorName(replica: number): string {
  return `operator-${replica}`;
}

/** How a replica of the operator is run: from the sources, as its ServiceAccount, never as administrator. */
export function operatorSpec(dir: string, plan: Plan, replica: number): DaemonSpec {
  const ports = operatorPorts(plan, replica);
  const scratch = join(operatorScratchRoot(plan.slot), String(replica));
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  return {
    name: operatorName(replica),
    cwd: projectRoot,
    argv: [nodeBinary, join(projectRoot, 'src', 'main.ts')],
    graceMs: 15_000,
    env: {
      KUBECONFIG: join(dir, 'operator.kubeconfig'),
      VIRTFLEET_REDIS_URL: `redis://127.0.0.1:${plan.ports.redis}`,
      VIRTFLEET_LISTEN: `127.0.0.1:${ports.health}`,
      VIRTFLEET_GATEWAY_LISTEN: `127.0.0.1:${ports.gateway}`,
      VIRTFLEET_SCRATCH_DIR: scratch,
      // the rig's image server is in a private network, and has a certificate of the rig's own authority
      VIRTFLEET_IMAGE_SOURCES: `public,${plan.subnet}`,
      NODE_COMPILE_CACHE: compileCacheDir,
      NODE_EXTRA_CA_CERTS: clientFiles(dir).caFile,
    },
  };
}

export async function isOperatorReady(plan: Plan, replica: number): Promise<boolean> {
  const url = `http://127.0.0.1:${operatorPorts(plan, replica).health}/readyz`;
  return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
}

export function removeOperatorScratch(slot: number): void {
  rmSync(operatorScratchRoot(slot), { recursive: true, force: true });
}
