import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { UpOptions } from './args.ts';
import { prepareCluster } from './cluster.ts';
import { operatorKubeconfig, startControlPlane, writeKubectl } from './controlplane.ts';
import { Daemons } from './daemons.ts';
import { prepareLibvirt, RigHost, writeAllHosts } from './hosts.ts';
import { buildImage, publishImage, startImageServer } from './images.ts';
import { writeTokenKubeconfig } from './kubeconfig.ts';
import { Kubectl } from './kubectl.ts';
import { createBridge } from './network.ts';
import { fleetObjects } from './objects.ts';
import { isOperatorReady, operatorSpec } from './operator.ts';
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
      kubeconfig: env.VIRTFLEET_KUBECONFIG ? resolve(env.VIRTFLEET_KUBECONFIG) : join(dir, 'kubeconfig'),
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
  const plan = planOf(state);
  const kubectl = new Kubectl(dir, state.kubeconfig);
  await createBridge(plan);
  // they mostly wait: side by side
  const results = await Promise.allSettled([
    startCluster(dir, state, daemons, kubectl, env),
    startHosts(dir, state, daemons),
    startRedis(dir, plan, daemons),
  ]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  const hosts = hostsOf(state);
  if (hosts.length > 0) await kubectl.apply(fleetObjects(dir, hosts));
  await startOperators(dir, state, daemons);
  if (state.options.operators > 0 && hosts.length > 0) await waitForFleet(kubectl, state.options.hosts > 0);
}

async function startCluster(
  dir: string,
  state: RigState,
  daemons: Daemons,
  kubectl: Kubectl,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (state.cluster === 'own') {
    say('starting etcd, kube-apiserver and kube-controller-manager');
    await startControlPlane(dir, planOf(state), daemons, env.KUBEBUILDER_ASSETS);
  } else {
    say(`using the cluster of ${state.kubeconfig}`);
    writeKubectl(dir, env.KUBEBUILDER_ASSETS);
  }
  say("applying the CRDs and the operator's rights");
  await prepareCluster(kubectl);
  if (state.cluster === 'given') await writeTokenKubeconfig(kubectl, operatorKubeconfig(dir));
}

async function startHosts(dir: string, state: RigState, daemons: Daemons): Promise<void> {
  const hosts = hostsOf(state);
  const { hosts: real, testHosts, kvm } = state.options;
  const authority = await writeAllHosts(dir, hosts);
  await startImageServer(dir, planOf(state), daemons, authority);
  if (real > 0) publishImage(dir, 'tiny', await buildImage('tiny'));
  for (const host of hosts) await prepareLibvirt(dir, host);
  if (hosts.length > 0) say(`starting ${real} libvirt hosts${testHosts ? ` and ${testHosts} of the test driver` : ''}`);
  await eachOf(hosts, 4, (host) => new RigHost(dir, planOf(state), host, daemons, kvm).powerOn());
}

async function startOperators(dir: string, state: RigState, daemons: Daemons): Promise<void> {
  const plan = planOf(state);
  const { operators } = state.options;
  // without any, the first is prepared, so that "rig operator start" has something to start
  if (operators === 0) return daemons.prepare(operatorSpec(dir, plan, 0));
  say(operators === 1 ? 'starting the operator' : `starting ${operators} operators`);
  for (let replica = 0; replica < operators; replica++) {
    await daemons.startAndWait(operatorSpec(dir, plan, replica), () => isOperatorReady(plan, replica), 60_000);
  }
}

async function waitForFleet(kubectl: Kubectl, hasPools: boolean): Promise<void> {
  say('waiting until all hosts and pools are ready');
  for (const kind of ['hosts.virtfleet.io', ...(hasPools ? ['storagepools.virtfleet.io'] : [])]) {
    try {
      await kubectl.run('wait', '--for=condition=Ready', '--timeout=90s', '--all', kind);
    } catch (error) {
      const found = await kubectl.run('get', kind, '-o', 'wide').catch(() => '');
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${found}`);
    }
  }
}
