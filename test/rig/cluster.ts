import { join } from 'node:path';
import type { Kubectl } from './kubectl.ts';
import { projectRoot } from './paths.ts';
import { waitFor } from './wait.ts';

/** Puts into the cluster what the operator needs before it starts: CRDs, its namespace, its account and rights. */
export async function prepareCluster(kubectl: Kubectl): Promise<void> {
  await waitFor('the namespace kube-system', () => kubectl.run('get', 'namespace', 'kube-system'), {
    timeoutMs: 30_000,
    intervalMs: 200,
  });
  await applyDefinitions(kubectl);
  for (const folder of ['rbac', 'policy']) {
    const path = join(projectRoot, 'deploy', folder);
    await kubectl.run('apply', '--server-side', '--force-conflicts', '--field-manager=rig', '-k', path);
  }
  await offerLease(kubectl);
}

/**
 * A Lease that nobody holds: a leader that finds none at all waits out one that may have been deleted under a living
 * leader. Only made where there is none.
 */
async function offerLease(kubectl: Kubectl): Promise<void> {
  const name = 'virtfleet-controllers';
  const namespace = 'virtfleet-system';
  const found = await kubectl.run('get', 'lease', name, '-n', namespace, '--ignore-not-found', '-o', 'name');
  if (found.trim() !== '') return;
  await kubectl.apply([
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec: { holderIdentity: '' },
    },
  ]);
}

/** Applies the CRDs and waits until the API server serves them all. */
export async function applyDefinitions(kubectl: Kubectl): Promise<void> {
  const crds = join(projectRoot, 'crds');
  await kubectl.run('apply', '--server-side', '--force-conflicts', '--field-manager=rig', '-k', crds);
  await kubectl.run('wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all');
}
