import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UpOptions } from './args.ts';
import { type HostPlan, type Libvirt, type Plan, planHost, planRig } from './plan.ts';

/** What `up` decided, written before it starts anything; everything else is found by looking. */
export interface RigState {
  name: string;
  slot: number;
  phase: 'starting' | 'up';
  options: UpOptions;
  /** the cluster that the rig works on: its own, or the one that VIRTFLEET_KUBECONFIG names */
  cluster: 'own' | 'given';
  kubeconfig: string;
}

const noOptions: UpOptions = { hosts: 0, testHosts: 0, operators: 0, kvm: false, suites: [], splitDaemons: 0 };
const file = (dir: string) => join(dir, 'rig.json');

export function readState(dir: string): RigState | null {
  if (!existsSync(file(dir))) return null;
  const state = JSON.parse(readFileSync(file(dir), 'utf8')) as RigState;
  // a rig may have been brought up before an option was there
  return { ...state, options: { ...noOptions, ...state.options } };
}

export function writeState(dir: string, state: RigState): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(`${file(dir)}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${file(dir)}.new`, file(dir));
}

export function planOf(state: RigState): Plan {
  return planRig(state.slot);
}

export function hostsOf(state: RigState): HostPlan[] {
  const plan = planOf(state);
  const { hosts, testHosts, suites, splitDaemons } = state.options;
  const libvirt = (i: number): Libvirt => ({
    suite: suites[i % suites.length] ?? null,
    split: i >= hosts - splitDaemons,
  });
  return [
    ...[...Array(hosts).keys()].map((i) => planHost(plan, 'qemu', i + 1, libvirt(i))),
    ...[...Array(testHosts).keys()].map((i) => planHost(plan, 'test', i + 1)),
  ];
}
