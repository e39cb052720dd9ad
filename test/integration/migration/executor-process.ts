import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostPool } from '#hostpool/pool.ts';
import { createMigration } from '#jobs/migration/index.ts';
import type { JobSpec } from '#jobs/port.ts';
import { KubeClient } from '#kube/client.ts';
import { systemClock } from '#platform/clock.ts';
import { log } from '#platform/log.ts';
import { unrestricted } from '#platform/right.ts';
import { rigFromEnv } from '../../rig/client.ts';
import { waitFor } from '../../rig/wait.ts';
import { connect } from './stage.ts';

/** The executor of one move in a process of its own, that may be killed or frozen in the midst of it. */
const [fleetId = '', text = ''] = process.argv.slice(2);
const job = JSON.parse(text) as JobSpec;
const rig = rigFromEnv();
const client = await KubeClient.connect({ kubeconfig: rig.kubeconfig });
const hosts = new HostPool({ leaseMarginMs: 3_000, scratchDir: mkdtempSync(join(tmpdir(), 'vf-move-')) });
connect(hosts, rig, fleetId);
await waitFor('the hosts', () => hosts.hosts().every((host) => host.inSight), { timeoutMs: 60_000 });
const { process: work } = createMigration({ client, hosts, clock: systemClock, fleetId, identity: 'child' });
await work(job, { signal: new AbortController().signal, right: unrestricted, log: log.child({ room: 'child' }) });
await hosts.close();
await client.close();
process.exit(0);
