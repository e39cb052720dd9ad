/** Objects that have something on a host keep their finalizer; what is deleted goes; hosts are claimed and swept. */
import { FINALIZER, type KubeObject } from '#api/v1alpha1/index.ts';
import { CLAIM_NAME } from '#libvirt/claim.ts';
import { type Facts, label, type Violation } from './facts.ts';
import type { Rule } from './invariants.ts';

export function objectViolations(facts: Facts): Violation[] {
  return [
    ...withTraces(facts).flatMap(([object, traces]) => finalizerViolations(object, traces)),
    ...[
      ...facts.machines,
      ...facts.volumes,
      ...facts.images,
      ...facts.networks,
      ...facts.pools,
      ...facts.hosts,
      ...facts.migrations,
    ].flatMap(unfinishedDeletion),
    ...hostViolations(facts),
  ];
}

/** Objects, and what of theirs may be on hosts; null: nothing. */
function withTraces(facts: Facts): [KubeObject, string | null][] {
  return [
    ...facts.machines.map((o): [KubeObject, string | null] => [
      o,
      o.status?.host ? `host ${o.status.host.name}` : null,
    ]),
    ...facts.volumes.map((o): [KubeObject, string | null] => [o, o.status?.volumeName ?? null]),
    ...facts.images.map((o): [KubeObject, string | null] => [o, o.status?.copies?.[0]?.volumeName ?? null]),
    ...facts.networks.map((o): [KubeObject, string | null] => [o, o.status?.hosts?.[0]?.name ?? null]),
  ];
}

function finalizerViolations(object: KubeObject, traces: string | null): Violation[] {
  if (traces === null || object.metadata.finalizers?.includes(FINALIZER)) return [];
  return [
    {
      rule: 'FinalizerMissing',
      never: true,
      object: `${object.kind} ${label(object)}`,
      evidence: `status records ${traces}, and nothing keeps the object from vanishing`,
    },
  ];
}

function unfinishedDeletion(object: KubeObject): Violation[] {
  const { deletionTimestamp, finalizers } = object.metadata;
  if (!deletionTimestamp) return [];
  return [
    {
      rule: 'DeletionUnfinished',
      never: false,
      object: `${object.kind} ${label(object)}`,
      evidence: `deleted at ${deletionTimestamp}, held by ${finalizers?.join(', ')}`,
    },
  ];
}

function hostViolations(facts: Facts): Violation[] {
  return facts.hosts.flatMap((host) => {
    const object = `Host ${host.metadata.name}`;
    const say = (rule: Rule, evidence: string): Violation => ({ rule, never: false, object, evidence });
    const libvirt = facts.seen.find(({ name }) => name === host.metadata.name)?.libvirt;
    const ready = host.status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
    if (!libvirt) return ready ? [say('FalselyCertain', 'Ready=True, but its libvirtd does not answer')] : [];
    const claim = libvirt.networks.find(({ name }) => name === CLAIM_NAME);
    return [
      ...(ready && claim?.claim !== facts.fleet ? [say('ClaimMissing', `claimed by ${claim?.claim ?? 'nobody'}`)] : []),
      ...(ready
        ? (host.status?.tombstones ?? []).map((t) => say('TombstoneUnswept', `${t.namespace}/${t.name} (${t.uuid})`))
        : []),
    ];
  });
}
