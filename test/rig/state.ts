import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UpOptions } from './args.ts';
import { type HostPlan, type Plan, planHost, planRig } from './plan.ts';

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

const file = (dir: string) => join(dir, 'rig.json');

export function readState(dir: string): RigState | null {
  return existsSync(file(dir)) ? (JSON.parse(readFileSync(file(dir), 'utf8')) as RigState) : null;
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
  const some = (n: number, kind: 'qemu' | 'test') => [...Array(n).keys()].map((i) => planHost(plan, kind, i + 1));
  return [...some(state.options.hosts, 'qemu'), ...some(state.options.testHosts, 'test')];
}
