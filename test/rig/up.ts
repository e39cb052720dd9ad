import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UpOptions } from './args.ts';
import { prepareCluster } from './cluster.ts';
import { startControlPlane } from './controlplane.ts';
import { Daemons } from './daemons.ts';
import { Kubectl } from './kubectl.ts';
import { rigDir } from './paths.ts';
import { say } from './say.ts';
import { takeSlot } from './slots.ts';
import { planOf, type RigState, writeState } from './state.ts';
import { sweepRig, sweepSlot } from './sweep.ts';

/** Brings a rig up. What an earlier run left is removed first; a failure leaves nothing running. */
export async function bringUp(name: string, options: UpOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const dir = rigDir(name);
  if (existsSync(dir)) {
    say(`removing what an earlier run of rig "${name}" left`);
    await sweepRig(dir);
  }
  mkdirSync(dir, { recursive: true });
  try {
    const slot = await takeSlot(dir, sweepSlot);
    const state: RigState = {
      name,
      slot,
      phase: 'starting',
      options,
      cluster: env.VIRTFLEET_KUBECONFIG ? 'given' : 'own',
      kubeconfig: join(dir, 'kubeconfig'),
    };
    writeState(dir, state);
    await startAll(dir, state, env);
    writeState(dir, { ...state, phase: 'up' });
  } catch (error) {
    say('that failed: ending what was started (its logs stay until the next up or down)');
    await sweepRig(dir, { keepFiles: true });
    throw error;
  }
  say(`rig "${name}" is up; for your shell: eval "$(test/rig/rig env${name === 'rig' ? '' : ` --name ${name}`})"`);
}

async function startAll(dir: string, state: RigState, env: NodeJS.ProcessEnv): Promise<void> {
  const plan = planOf(state);
  const daemons = new Daemons(dir);
  say('starting etcd, kube-apiserver and kube-controller-manager');
  const cluster = await startControlPlane(dir, plan, daemons, env.KUBEBUILDER_ASSETS);
  const kubectl = new Kubectl(dir, cluster.adminKubeconfig);
  say("applying the CRDs and the operator's rights");
  await prepareCluster(kubectl);
}
