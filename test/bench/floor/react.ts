/**
 * The floor of row 9: a lifecycle event comes from libvirt, and one status patch goes to the API. No reads, no cache, no
 * decision, no other event.
 *
 *   node react.ts PLAN.json      prints "ready" when it listens, and runs until SIGTERM
 */
import { readFileSync } from 'node:fs';
import { open, VIR_DOMAIN_EVENT_ID_LIFECYCLE } from '@virtfleet/libvirt';
import { KubeClient } from '#kube/client.ts';
import { unrestricted } from '#platform/right.ts';
import { namespace } from '../fleet.ts';
import { copiedKind } from './copied-kind.ts';

interface Plan {
  kubeconfig: string;
  uris: string[];
  /** UUID of the domain and name of the object. */
  objects: [uuid: string, name: string][];
}

/** libvirt's VIR_DOMAIN_EVENT_STOPPED. */
const STOPPED = 5;

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan;
const names = new Map(plan.objects);
const client = await KubeClient.connect({ kubeconfig: plan.kubeconfig });
const uids = new Map(
  (await client.listAll(copiedKind, { namespace })).map(({ metadata }) => [metadata.name, metadata.uid]),
);

/** The status as it is from now on, of about the size that the operator writes. */
async function tell(name: string): Promise<void> {
  const lastTransitionTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    message: 'is off',
    lastTransitionTime,
    observedGeneration: 1,
  });
  const conditions = [
    condition('Ready', 'True', 'Stopped'),
    condition('Scheduled', 'True', 'Scheduled'),
    condition('Running', 'False', 'Stopped'),
    condition('Provisioned', 'True', 'Provisioned'),
  ];
  const status = { printableStatus: 'Stopped', message: 'is off', run: { ended: true }, conditions };
  const ref = { namespace, name, uid: uids.get(name) ?? '' };
  await client.patchByUid(unrestricted, copiedKind, ref, { status }, { subresource: 'status' });
}

for (const uri of plan.uris) {
  const connection = await open(uri, { events: true, timeoutMs: 10_000 });
  await connection.onDomainEvent(VIR_DOMAIN_EVENT_ID_LIFECYCLE, ({ domain, event }) => {
    const name = event === STOPPED ? names.get(domain.uuid) : undefined;
    domain[Symbol.dispose]();
    if (name !== undefined) void tell(name);
  });
}
process.on('SIGTERM', () => process.exit(0));
process.stdout.write('ready\n');
