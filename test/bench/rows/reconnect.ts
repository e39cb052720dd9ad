/** The reconnect: the operator is started anew in front of a whole fleet; how long until it knows the truth again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from '@virtfleet/libvirt';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { unrestricted } from '#platform/right.ts';
import type { RigClient } from '../../rig/client.ts';
import { run } from '../../rig/command.ts';
import { compileCacheDir, nodeBinary } from '../../rig/paths.ts';
import { cpuBetween, readCpu } from '../cpu.ts';
import { cpuText, type Figure, figureOf } from '../figure.ts';
import { eachOf, type Fleet, isRunning, namesOf } from '../fleet.ts';
import { settled, startOperator, stopOperator } from '../operator.ts';
import { settings } from '../settings.ts';
import { expectEachOnce, prepareSimulated, simulatedMachine } from '../simulated.ts';
import { interleaved, median, spreadOf } from '../statistics.ts';

const CALL = { timeoutMs: 30_000 };
const ALL_MS = 600_000;

export async function reconnect(rig: RigClient, fleet: Fleet): Promise<Figure> {
  const { reconnectMachines, repetitions, concurrency } = settings;
  await startOperator(rig);
  await prepareSimulated(rig, fleet);
  await fleet.clear(ALL_MS);
  await fleet.make(namesOf('r', 0, reconnectMachines), simulatedMachine, concurrency, ALL_MS);
  await settled(rig, ALL_MS);
  // One on every host changes while nobody looks: whoever knows the truth has noticed all of them.
  const probes = probesOf(rig, fleet);
  const plan = join(rig.dir, 'floor-listings.json');
  const uris = rig.hosts.map((host) => host.uris.unix);
  writeFileSync(plan, JSON.stringify({ kubeconfig: rig.kubeconfig, uris }));

  const operator: number[] = [];
  const listings: number[] = [];
  let cpu: Record<string, number> = {};
  for (const arm of interleaved(repetitions)) {
    if (arm === 'B') {
      await stopOperator(rig);
      listings.push(await listAll(plan, reconnectMachines));
      continue;
    }
    // They stay off when they are found off; that was said before, so that nothing but the host changes meanwhile.
    await startOperator(rig);
    await setStrategy(fleet, probes, 'Manual');
    await fleet.until(probes.map(nameOf), isObserved, ALL_MS);
    await settled(rig, ALL_MS);
    await stopOperator(rig);
    await destroy(rig, probes);
    const before = readCpu(rig.dir);
    const seen = fleet.until(probes.map(nameOf), ({ status }) => status?.printableStatus === 'Stopped', ALL_MS);
    const begun = performance.now();
    rig.startOperator({});
    await seen;
    await settled(rig, ALL_MS);
    operator.push((performance.now() - begun) / 1000);
    cpu = cpuBetween(before, readCpu(rig.dir));
    await setStrategy(fleet, probes, 'Always');
    await fleet.until(probes.map(nameOf), isRunning, ALL_MS);
    await settled(rig, ALL_MS);
    await expectEachOnce(rig, fleet);
  }
  const floor = median(listings);
  return figureOf(
    'reconnect',
    `${rig.hosts.length} hosts with ${reconnectMachines} machines: operator's start to the whole truth ÷ the bulk listings alone`,
    spreadOf(operator.map((seconds) => seconds / floor)),
    1.5,
    `operator ${median(operator).toFixed(2)} s, listings ${floor.toFixed(2)} s; ${cpuText(cpu)}`,
  );
}

const isObserved = ({ metadata, status }: VirtualMachine): boolean =>
  status?.observedGeneration === metadata.generation;
const nameOf = ({ metadata }: VirtualMachine): string => metadata.name;

function probesOf(rig: RigClient, fleet: Fleet): VirtualMachine[] {
  const machines = fleet.list();
  return rig.hosts.flatMap((host) => machines.find(({ status }) => status?.host?.name === host.name) ?? []);
}

async function setStrategy(fleet: Fleet, machines: VirtualMachine[], runStrategy: string): Promise<void> {
  await eachOf(machines, 16, ({ metadata }) =>
    fleet.client.patchByUid(unrestricted, virtualMachineKind, metadata, { spec: { runStrategy } }),
  );
}

async function destroy(rig: RigClient, machines: VirtualMachine[]): Promise<void> {
  await eachOf(machines, 8, async ({ status }) => {
    const connection = await open(rig.host(status?.host?.name ?? '').uris.unix, { events: false, timeoutMs: 10_000 });
    const domain = await connection.domainLookupByUUIDString(status?.uuid ?? '', CALL);
    await domain.destroyFlags(0, CALL);
    connection.abort();
  });
}

async function listAll(plan: string, machines: number): Promise<number> {
  const program = join(import.meta.dirname, '..', 'floor', 'listings.ts');
  // compiled once, as the operator's sources are
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCacheDir };
  const begun = performance.now();
  const said = JSON.parse(await run(nodeBinary, [program, plan], { timeoutMs: ALL_MS, env })) as Record<string, number>;
  const seconds = (performance.now() - begun) / 1000;
  if (said.machines !== machines) throw new Error(`the floor saw ${said.machines} machines of ${machines}`);
  return seconds;
}
