import { join } from 'node:path';
import { operatorKubeconfig } from './controlplane.ts';
import { planOf, type RigState } from './state.ts';

/** What a shell or a test needs to work with a rig. */
export function rigEnvironment(dir: string, state: RigState, path: string): Record<string, string> {
  const plan = planOf(state);
  return {
    VIRTFLEET_RIG: state.name,
    KUBECONFIG: state.kubeconfig,
    PATH: [join(dir, 'bin'), ...path.split(':').filter((entry) => entry !== join(dir, 'bin'))].join(':'),
    VIRTFLEET_OPERATOR_KUBECONFIG: operatorKubeconfig(dir),
    VIRTFLEET_REDIS_URL: `redis://127.0.0.1:${plan.ports.redis}`,
  };
}

/** The same as a shell's export lines. */
export function toExports(variables: Record<string, string>): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quote(value)}`)
    .join('\n');
}
