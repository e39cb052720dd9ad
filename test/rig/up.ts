import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UpOptions } from './args.ts';
import { prepareCluster } from './cluster.ts';
import { startControlPlane } from './controlplane.ts';
import { Daemons } from './daemons.ts';
import { RigHost, writeAllHosts } from './hosts.ts';
import { startImageServer } from './images.ts';
import { Kubectl } from './kubectl.ts';
import { createBridge } from './network.ts';
import { rigDir } from './paths.ts';
import { eachOf } from './pooled.ts';
import { startRedis } from './redis.ts';
import { say } from './say.ts';
import { takeSlot } from './slots.ts';
import { hostsOf, planOf, type RigState, writeState } from './state.ts';
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
  const daemons = new Daemons(dir);
  await createBridge(planOf(state));
  // both mostly wait: side by side
  const results = await Promise.allSettled([
    startCluster(dir, state, daemons, env),
    startHosts(dir, state, daemons),
    startRedis(dir, planOf(state), daemons),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function startCluster(dir: string, state: RigState, daemons: Daemons, env: NodeJS.ProcessEnv): Promise<void> {
  say('starting etcd, kube-apiserver and kube-controller-manager');
  const cluster = await startControlPlane(dir, planOf(state), daemons, env.KUBEBUILDER_ASSETS);
  say("applying the CRDs and the operator's rights");
  await prepareCluster(new Kubectl(dir, cluster.adminKubeconfig));
}

async function startHosts(dir: string, state: RigState, daemons: Daemons): Promise<void> {
  const hosts = hostsOf(state);
  say(
    `starting ${state.options.hosts} libvirt hosts${state.options.testHosts ? ` and ${state.options.testHosts} of the test driver` : ''}`,
  );
  const authority = await writeAllHosts(dir, hosts);
  await startImageServer(dir, planOf(state), daemons, authority);
  await eachOf(hosts, 4, (host) => new RigHost(dir, planOf(state), host, daemons, state.options.kvm).powerOn());
}
