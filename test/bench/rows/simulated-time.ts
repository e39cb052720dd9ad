/** Row 2: the same on libvirt's test driver, where libvirt is quick and the control plane is what is measured. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RigClient } from '../../rig/client.ts';
import { run } from '../../rig/command.ts';
import { nodeBinary } from '../../rig/paths.ts';
import { cpuBetween, readCpu } from '../cpu.ts';
import { cpuText, type Figure, figureOf } from '../figure.ts';
import { type Fleet, namesOf } from '../fleet.ts';
import { defineCopy } from '../floor/copied-kind.ts';
import { writePatterns } from '../floor/patterns.ts';
import { buildFloor, runFloor } from '../floor/program.ts';
import { rawPlan } from '../floor/raw-plan.ts';
import type { RawPlan } from '../floor/raw-writes.ts';
import { effectsBetween, type Metrics, readMetrics, settled, startOperator, stopOperator } from '../operator.ts';
import { settings } from '../settings.ts';
import { expectEachOnce, prepareSimulated, simulatedMachine } from '../simulated.ts';
import { interleaved, median, spreadOf } from '../statistics.ts';

const ALL_MS = 600_000;

export async function simulatedTime(rig: RigClient, fleet: Fleet): Promise<Figure> {
  const { machines, repetitions, concurrency } = settings;
  await buildFloor();
  await defineCopy(rig);
  await startOperator(rig);
  await prepareSimulated(rig, fleet);
  await fleet.clear(ALL_MS);
  const directory = join(rig.dir, 'floor');
  await fleet.make(namesOf('warm', 0, rig.hosts.length * 5), simulatedMachine, concurrency, ALL_MS);
  const keep = await writePatterns(rig, fleet, directory, machines);
  const plans = rawPlan(rig, fleet, namesOf('raw', 0, machines), simulatedMachine, concurrency);
  const writePlan = (name: string, plan: RawPlan): void =>
    writeFileSync(join(directory, `${name}.json`), JSON.stringify(plan));
  writePlan('remove', plans.remove);
  await fleet.clear(ALL_MS, keep);

  const made: number[] = [];
  const loops: number[] = [];
  const raws: number[] = [];
  /** Sent while the clock ran. */
  const events: number[] = [];
  let cpu: Record<string, number> = {};
  let effects = '';
  for (const [at, arm] of interleaved(repetitions).entries()) {
    if (arm === 'A') {
      await startOperator(rig);
      const [cpuBefore, before] = [readCpu(rig.dir), await readMetrics(rig)];
      made.push(await fleet.make(namesOf(`s${at}`, 0, machines), simulatedMachine, concurrency, ALL_MS));
      cpu = cpuBetween(cpuBefore, readCpu(rig.dir));
      events.push((eventsOf(await readMetrics(rig)) - eventsOf(before)) / machines);
      await settled(rig, ALL_MS);
      effects = effectsBetween(before, await readMetrics(rig), machines);
      await expectEachOnce(rig, fleet);
      await fleet.clear(ALL_MS, keep);
      await settled(rig, ALL_MS);
      await expectEachOnce(rig, fleet);
    } else {
      await stopOperator(rig);
      loops.push((await runFloor('make', directory, concurrency, 1)).seconds);
      await runFloor('remove', directory, concurrency, 1);
      writePlan('write', plans.write(median(events)));
      raws.push(await raw(join(directory, 'write.json')));
      await raw(join(directory, 'remove.json'));
    }
  }
  await startOperator(rig);
  await fleet.clear(ALL_MS);
  const [loop, writes] = [median(loops), median(raws)];
  const ratios = made.map((seconds) => seconds / Math.max(loop, writes));
  return figureOf(
    2,
    `${machines} machines on ${rig.hosts.length} test-driver hosts ÷ the slower of C loop and raw API writes`,
    spreadOf(ratios),
    2.0,
    `operator ${median(made).toFixed(2)} s, C loop ${loop.toFixed(2)} s, ${(4 + median(events)).toFixed(1)} raw writes a machine ${writes.toFixed(2)} s; ${cpuText(cpu)}; a machine: ${effects}`,
  );
}

const eventsOf = (metrics: Metrics): number =>
  metrics.get('virtfleet_effect_duration_seconds_count{effect="api:events.create",outcome="ok"}') ?? 0;

async function raw(plan: string): Promise<number> {
  const program = join(import.meta.dirname, '..', 'floor', 'raw-writes.ts');
  const said = await run(nodeBinary, [program, plan], { timeoutMs: ALL_MS });
  return (JSON.parse(said) as { seconds: number }).seconds;
}
