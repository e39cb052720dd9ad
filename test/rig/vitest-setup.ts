import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { projectRoot } from './paths.ts';

/**
 * Gives integration and end-to-end tests a rig. The one that VIRTFLEET_RIG names is taken as it is; where there is
 * none, one is brought up for this run and ended with it: with the operator for end-to-end tests and faults, without
 * it for the others, which are operators themselves.
 */
export default function setup(project: TestProject): (() => void) | undefined {
  if (process.env.VIRTFLEET_RIG) return undefined;
  const name = `test-${process.pid}`;
  const rig = (...args: string[]) => {
    const { status } = spawnSync(join(projectRoot, 'test', 'rig', 'rig'), ['--name', name, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return status === 0;
  };
  const withOperator = project.name === 'e2e' || project.name === 'chaos';
  if (!rig('up', ...(withOperator ? [] : ['--no-operator']))) throw new Error(`rig "${name}" did not come up`);
  process.env.VIRTFLEET_RIG = name;
  return () => {
    delete process.env.VIRTFLEET_RIG;
    rig('down');
  };
}
