/**
 * A kind with the very schema, rules and status of VirtualMachine under another group: what is written to it costs the
 * API server the same, and no controller takes it for a machine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type ResourceKind, type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import type { RigClient } from '../../rig/client.ts';
import { projectRoot } from '../../rig/paths.ts';

interface Definition {
  metadata: { name: string };
  spec: { group: string; names: { shortNames?: string[]; categories?: string[]; plural: string } };
}

export const copiedKind: ResourceKind<VirtualMachine> = { ...virtualMachineKind, group: 'bench.virtfleet.io' };

export async function defineCopy(rig: RigClient): Promise<void> {
  const definition = readDefinition();
  const { shortNames: _short, categories: _categories, ...names } = definition.spec.names;
  const copy = {
    ...definition,
    metadata: { name: `${names.plural}.${copiedKind.group}` },
    spec: { ...definition.spec, group: copiedKind.group, names },
  };
  await rig.kubectl.apply([copy]);
  await rig.kubectl.run('wait', '--for=condition=Established', '--timeout=60s', 'crd', copy.metadata.name);
}

function readDefinition(): Definition {
  const folder = join(projectRoot, 'crds');
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.yaml')) continue;
    const found = parse(readFileSync(join(folder, file), 'utf8')) as Definition;
    if (found.metadata?.name === `${virtualMachineKind.plural}.${virtualMachineKind.group}`) return found;
  }
  throw new Error('crds/ has no definition of VirtualMachine: make crds');
}
