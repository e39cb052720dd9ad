/** The one place where the parts are put together: configuration in, a running process out. */
import { boottimeMs } from '@virtfleet/libvirt';
import { HostPool } from '#hostpool/pool.ts';
import { createImageFetch } from '#jobs/image-fetch/index.ts';
import { openQueue, startWorker } from '#jobs/index.ts';
import { createMigration } from '#jobs/migration/index.ts';
import { KubeClient } from '#kube/client.ts';
import { Manager } from '#kube/manager.ts';
import type { KubeObject, ResourceKind } from '#kube/types.ts';
import { setBoottimeSource } from '#platform/clock.ts';
import { type Config, loadConfig, usage } from '#platform/config.ts';
import { toMessage, VirtfleetError } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { startProcessMetrics } from '#platform/metrics.ts';
import type { ControllerDeps, ControllerFactory } from './controllers/deps.ts';
import { drainController } from './controllers/drain/controller.ts';
import { hostController } from './controllers/host/controller.ts';
import { imageController } from './controllers/image/controller.ts';
import { openInformers } from './controllers/informers.ts';
import { machineController } from './controllers/machine/controller.ts';
import { migrationController } from './controllers/migration/controller.ts';
import { networkController } from './controllers/network/controller.ts';
import { operationController } from './controllers/operation/controller.ts';
import { poolController } from './controllers/pool/controller.ts';
import { quotaController } from './controllers/quota/controller.ts';
import { reviewController } from './controllers/review/controller.ts';
import { volumeController } from './controllers/volume/controller.ts';

/** Of a Namespace, only its uid is of interest. */
const namespaceKind: ResourceKind<KubeObject> = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

const controllers: readonly ControllerFactory[] = [
  hostController,
  poolController,
  networkController,
  imageController,
  volumeController,
  machineController,
  operationController,
  migrationController,
  drainController,
  reviewController,
  quotaController,
];

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(usage());
    return 0;
  }
  let config: Config;
  try {
    config = loadConfig(argv);
  } catch (error) {
    if (!(error instanceof VirtfleetError)) throw error;
    process.stderr.write(`${toMessage(error)}\n`);
    return EXIT_USAGE;
  }
  return run(config, untilSignal());
}

/** Runs until it is told to stop, or until its right to act is lost: then it ends, to be started anew with a clean memory. */
async function run(config: Config, signal: AbortSignal): Promise<number> {
  setBoottimeSource(boottimeMs);
  startProcessMetrics();
  const client = await KubeClient.connect({ kubeconfig: config.kubeconfig, context: config.kubeContext });
  const fleetId = config.fleetId ?? (await fetchFleetId(client));
  const manager = new Manager({
    client,
    identity: config.identity,
    lease: config.leaderElection ? leaseOf(config) : null,
    listen: config.listen,
    namespaces: config.watchNamespaces,
  });
  const hosts = new HostPool({
    leaseMarginMs: config.leaseDurationMs - config.leaseRenewDeadlineMs,
    scratchDir: config.scratchDir,
    clock: client.clock,
  });
  const queue = openQueue(config);
  const deps: ControllerDeps = {
    client,
    informers: openInformers(manager),
    hosts,
    queue,
    recorder: manager.events,
    clock: client.clock,
    fleetId,
    config,
  };
  if (config.roles.has('workers')) addWorkers(manager, deps, config);
  if (config.roles.has('controllers')) for (const factory of controllers) manager.add(factory(deps));
  log.info({ roles: [...config.roles], identity: config.identity, fleet: fleetId }, 'starts');
  try {
    const end = await manager.run(signal);
    log.info({ end }, 'ends');
    return end === 'Stopped' ? 0 : EXIT_FAILED;
  } finally {
    await queue.close();
    await hosts.close();
  }
}

/**
 * Jobs are worked on by the process that leads: it is the one that is connected to the hosts. They start before the
 * controllers and end after them; a job that is cut short goes back to the queue.
 */
function addWorkers(manager: Manager, { client, hosts, queue, clock, fleetId }: ControllerDeps, config: Config): void {
  manager.onLeading(() => {
    const own = { client, hosts, clock, fleetId, identity: config.identity };
    const images = createImageFetch(own, {
      scratchDir: config.scratchDir,
      sources: config.imageSources,
      maxVirtualBytes: config.imageMaxBytes,
      scratchLimitBytes: config.scratchLimitBytes,
    });
    const worker = startWorker(queue, {
      ImageFetch: { run: images.process, concurrency: config.workerCount },
      // What may go on at once its controller says; a worker is not to say it again.
      MachineMigration: { run: createMigration(own).process, concurrency: config.migrationsAtOnce },
    });
    manager.onStopping(async () => {
      await worker.stop();
      await images.close();
    });
  });
}

function leaseOf(config: Config): ConstructorParameters<typeof Manager>[0]['lease'] {
  return {
    namespace: config.namespace,
    name: config.leaseName,
    times: {
      durationMs: config.leaseDurationMs,
      renewDeadlineMs: config.leaseRenewDeadlineMs,
      retryPeriodMs: config.leaseRetryPeriodMs,
    },
  };
}

/** The uid of kube-system lives as long as the cluster does, and comes back with a restored etcd. */
async function fetchFleetId(client: KubeClient): Promise<string> {
  const namespace = await client.get(namespaceKind, { name: 'kube-system' });
  if (!namespace) throw new Error('there is no namespace kube-system to take the fleet id from: set --fleet-id');
  return namespace.metadata.uid;
}

/** Aborted by the first SIGTERM or SIGINT; a second one ends the process at once. */
function untilSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => {
      log.info({ signal: name }, 'is asked to stop');
      stop.abort(new Error(name));
    });
  }
  return stop.signal;
}

// A promise that nobody waits for is a bug, but no reason to take machines' controllers down with it.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection was not handled, this is a bug'));

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    // Nothing is left to be done; a socket that lingers must not keep the process.
    setTimeout(() => process.exit(), 1000).unref();
  },
  (error: unknown) => {
    log.fatal({ err: error }, toMessage(error));
    process.exitCode = EXIT_FAILED;
    setTimeout(() => process.exit(), 100);
  },
);
