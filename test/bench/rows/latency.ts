/** Row 9: a domain is destroyed behind the operator's back; how long until somebody who watches the API sees it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Connect, open } from '@virtfleet/libvirt';
import { type VirtualMachine, virtualMachineKind } from '#api/v1alpha1/index.ts';
import { Informer } from '#kube/informer.ts';
import { unrestricted } from '#platform/right.ts';
import type { RigClient } from '../../rig/client.ts';
import { nodeBinary } from '../../rig/paths.ts';
import { type Figure, figureOf } from '../figure.ts';
import { eachOf, type Fleet, isRunning, namesOf, namespace } from '../fleet.ts';
import { copiedKind, defineCopy } from '../floor/copied-kind.ts';
import { settled, startOperator, stopOperator } from '../operator.ts';
import { settings } from '../settings.ts';
import { expectEachOnce, prepareSimulated, simulatedMachine } from '../simulated.ts';
import { interleaved, percentile } from '../statistics.ts';

const CALL = { timeoutMs: 30_000 };
const ALL_MS = 300_000;

export async function latency(rig: RigClient, fleet: Fleet): Promise<Figure> {
  const { destroyed, repetitions, concurrency } = settings;
  await defineCopy(rig);
  await startOperator(rig);
  await prepareSimulated(rig, fleet);
  await fleet.clear(ALL_MS);
  const names = namesOf('d', 0, destroyed);
  // Manual once they run: what is destroyed then stays off, and nothing is started anew in the middle of the measuring
  await fleet.make(names, simulatedMachine, concurrency, ALL_MS);
  await setStrategy(fleet, names, 'Manual');
  await settled(rig, ALL_MS);
  const hosts = new Map<string, Connect>();
  for (const { name, uris } of rig.hosts) hosts.set(name, await open(uris.unix, { events: false, timeoutMs: 10_000 }));
  const bench = new Latency(rig, fleet, hosts);
  const samples: { A: number[][]; B: number[][] } = { A: [], B: [] };
  try {
    await bench.openCopies();
    for (const arm of interleaved(repetitions)) {
      if (arm === 'A') {
        await startOperator(rig);
        samples.A.push(await bench.operator());
        await expectOff(fleet, names);
        await setStrategy(fleet, names, 'Always');
        await fleet.until(names, isRunning, ALL_MS);
        await setStrategy(fleet, names, 'Manual');
        await settled(rig, ALL_MS);
        await expectEachOnce(rig, fleet);
      } else {
        await stopOperator(rig);
        samples.B.push(await bench.floor());
      }
    }
  } finally {
    await bench.close();
    for (const connection of hosts.values()) connection.abort();
  }
  await startOperator(rig);
  await fleet.clear(ALL_MS);
  await expectEachOnce(rig, fleet);
  const p99 = (runs: number[][]): number => percentile(runs.flat(), 99);
  const [operator, floor] = [p99(samples.A), p99(samples.B)];
  const each = samples.A.map((run) => percentile(run, 99) / floor);
  const text = (runs: number[][]): string =>
    [50, 99].map((p) => `p${p} ${percentile(runs.flat(), p).toFixed(1)} ms`).join(', ');
  return figureOf(
    9,
    `domain destroyed to status seen, p99 of ${destroyed * repetitions} ÷ libvirt event, patch and watch`,
    { median: operator / floor, least: Math.min(...each), most: Math.max(...each) },
    2,
    `operator ${text(samples.A)}; floor ${text(samples.B)}`,
  );
}

async function setStrategy(fleet: Fleet, names: string[], runStrategy: string): Promise<void> {
  const byName = new Map(fleet.list().map((machine) => [machine.metadata.name, machine]));
  await eachOf(names, 16, async (name) => {
    const machine = byName.get(name);
    if (!machine) throw new Error(`${name} is gone`);
    await fleet.client.patchByUid(unrestricted, virtualMachineKind, machine.metadata, { spec: { runStrategy } });
  });
}

async function expectOff(fleet: Fleet, names: string[]): Promise<void> {
  await fleet.until(names, ({ status }) => status?.printableStatus === 'Stopped', ALL_MS);
}

class Latency {
  readonly #rig: RigClient;
  readonly #fleet: Fleet;
  readonly #hosts: ReadonlyMap<string, Connect>;
  readonly #copies: Informer<VirtualMachine>;
  readonly #closing = new AbortController();
  #waiting: { name: string; seen: () => void } | null = null;

  constructor(rig: RigClient, fleet: Fleet, hosts: ReadonlyMap<string, Connect>) {
    this.#rig = rig;
    this.#fleet = fleet;
    this.#hosts = hosts;
    this.#copies = new Informer(fleet.client, copiedKind, { namespaces: [namespace] });
    const look = (machine: VirtualMachine): void => {
      const waiting = this.#waiting;
      if (waiting === null || waiting.name !== machine.metadata.name || isRunning(machine)) return;
      this.#waiting = null;
      waiting.seen();
    };
    fleet.onChange(look);
    this.#copies.onChange((type, machine) => {
      if (type !== 'deleted') look(machine);
    });
  }

  /** Objects of the same content that are nobody's, for the floor to write to. */
  async openCopies(): Promise<void> {
    const { group, version, kind } = copiedKind;
    this.#copies.start(this.#closing.signal);
    await this.#copies.synced;
    for (const { metadata } of this.#copies.list())
      await this.#fleet.client.delete(unrestricted, copiedKind, { namespace, name: metadata.name });
    await eachOf(this.#fleet.list(), 16, async ({ metadata: { name }, spec, status }) => {
      const body = { apiVersion: `${group}/${version}`, kind, metadata: { namespace, name }, spec } as never;
      const made = await this.#fleet.client.create(unrestricted, copiedKind, body);
      await this.#writeCopy(made, status);
    });
  }

  async #writeCopy({ metadata }: VirtualMachine, status: VirtualMachine['status']): Promise<void> {
    await this.#fleet.client.patchByUid(unrestricted, copiedKind, metadata, { status }, { subresource: 'status' });
  }

  operator(): Promise<number[]> {
    return this.#destroyAll();
  }

  async floor(): Promise<number[]> {
    const child = await this.#startFloor();
    try {
      return await this.#destroyAll();
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await this.#startAll();
    }
  }

  /** A program of one purpose, in a process of its own: event in, patch out. */
  async #startFloor(): Promise<ChildProcess> {
    const file = join(this.#rig.dir, 'floor-react.json');
    const objects = this.#fleet.list().map(({ metadata, status }) => [status?.uuid, metadata.name]);
    const uris = this.#rig.hosts.map((host) => host.uris.unix);
    writeFileSync(file, JSON.stringify({ kubeconfig: this.#rig.kubeconfig, uris, objects }));
    const program = join(import.meta.dirname, '..', 'floor', 'react.ts');
    const child = spawn(nodeBinary, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const first = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (!String(first[0]).includes('ready')) throw new Error('the floor for row 9 did not start');
    return child;
  }

  async #destroyAll(): Promise<number[]> {
    const took: number[] = [];
    for (const { metadata, status } of this.#fleet.list()) {
      const domain = await this.#domain(status);
      const seen = Promise.withResolvers<void>();
      this.#waiting = { name: metadata.name, seen: seen.resolve };
      const timer = setTimeout(() => seen.reject(new Error(`nobody told that ${metadata.name} was destroyed`)), 30_000);
      const begun = performance.now();
      await Promise.all([domain.destroyFlags(0, CALL), seen.promise]);
      took.push(performance.now() - begun);
      clearTimeout(timer);
      domain[Symbol.dispose]();
    }
    return took;
  }

  /** After the floor's turn: the domains run again, and the copies say so. */
  async #startAll(): Promise<void> {
    const running = new Map(this.#fleet.list().map((machine) => [machine.metadata.name, machine]));
    await eachOf([...running.values()], 4, async ({ status }) => {
      const domain = await this.#domain(status);
      await domain.createWithFlags(0, CALL);
      domain[Symbol.dispose]();
    });
    await eachOf(this.#copies.list(), 16, (copy) => this.#writeCopy(copy, running.get(copy.metadata.name)?.status));
  }

  #domain(status: VirtualMachine['status']) {
    const connection = this.#hosts.get(status?.host?.name ?? '');
    if (!connection) throw new Error(`no connection to ${status?.host?.name}`);
    return connection.domainLookupByUUIDString(status?.uuid ?? '', CALL);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#copies.stopped();
  }
}
