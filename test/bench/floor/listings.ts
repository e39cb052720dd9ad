/**
 * The floor of the reconnect: the bulk listings alone. All objects from the API, all domains, networks and pools from
 * every host, by the very listings that the operator makes, over the same number of connections; no claim, no events, no
 * comparison, no status.
 *
 *   node listings.ts PLAN.json      prints {"domains": n, "machines": n} when all of it is in memory, and ends
 */
import { readFileSync } from 'node:fs';
import { open } from '@virtfleet/libvirt';
import {
  hostKind,
  storagePoolKind,
  storageVolumeKind,
  virtualMachineImageKind,
  virtualMachineKind,
  virtualMachineOperationKind,
  virtualNetworkKind,
} from '#api/v1alpha1/index.ts';
import { listHost } from '#hostpool/listing.ts';
import { KubeClient } from '#kube/client.ts';

interface Plan {
  kubeconfig: string;
  uris: string[];
}

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan;
const client = await KubeClient.connect({ kubeconfig: plan.kubeconfig });
const [machines] = await Promise.all([
  client.listAll(virtualMachineKind),
  client.listAll(hostKind),
  client.listAll(storagePoolKind),
  client.listAll(storageVolumeKind),
  client.listAll(virtualMachineImageKind),
  client.listAll(virtualMachineOperationKind),
  client.listAll(virtualNetworkKind),
]);
const listings = await Promise.all(
  plan.uris.map(async (uri) => {
    const [control, work] = await Promise.all([open(uri, { timeoutMs: 60_000 }), open(uri, { timeoutMs: 60_000 })]);
    const listing = await listHost(work, { timeoutMs: 60_000 }, Date.now);
    return { control, listing };
  }),
);
const domains = listings.reduce((sum, { listing }) => sum + listing.domains.length, 0);
process.stdout.write(`${JSON.stringify({ domains, machines: machines.length })}\n`, () => process.exit(0));
