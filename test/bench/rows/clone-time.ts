/** Row 1: from apply to all Running on QEMU, against the C loop. */
import { join } from 'node:path';
import { expectSound } from '../../chaos/check/index.ts';
import type { RigClient } from '../../rig/client.ts';
import { keepHostsApart } from '../apart.ts';
import { clone, prepareClones } from '../clones.ts';
import { cpuBetween, readCpu } from '../cpu.ts';
import { cpuText, type Figure, figureOf } from '../figure.ts';
import { type Fleet, namesOf } from '../fleet.ts';
import { writePatterns } from '../floor/patterns.ts';
import { buildFloor, runFloor } from '../floor/program.ts';
import { effectsBetween, readMetrics, settled, startOperator, stopOperator } from '../operator.ts';
import { settings } from '../settings.ts';
import { interleaved, median, spreadOf } from '../statistics.ts';

const CLEAR_MS = 180_000;

export async function cloneTime(rig: RigClient, fleet: Fleet): Promise<Figure> {
  const { isApart, end } = keepHostsApart(rig.dir);
  try {
    return await compare(rig, fleet, isApart);
  } finally {
    await end();
  }
}

async function compare(rig: RigClient, fleet: Fleet, isApart: boolean): Promise<Figure> {
  const { clones, repetitions, concurrency } = settings;
  await buildFloor();
  await startOperator(rig);
  await prepareClones(rig, fleet);
  await fleet.clear(CLEAR_MS);
  const directory = join(rig.dir, 'floor');
  // the first machines warm everything up, and are what the floor copies
  await fleet.make(namesOf('warm', 0, rig.hosts.length * 2), clone, concurrency, CLEAR_MS);
  const keep = await writePatterns(rig, fleet, directory, clones);
  await fleet.clear(CLEAR_MS, keep);

  const seconds: { A: number[]; B: number[] } = { A: [], B: [] };
  let cpu: Record<string, number> = {};
  let effects = '';
  for (const [at, arm] of interleaved(repetitions).entries()) {
    if (arm === 'A') {
      await startOperator(rig);
      const [cpuBefore, before] = [readCpu(rig.dir), await readMetrics(rig)];
      seconds.A.push(await fleet.make(namesOf(`c${at}`, 0, clones), clone, concurrency, CLEAR_MS));
      cpu = cpuBetween(cpuBefore, readCpu(rig.dir));
      await expectSound(rig, { client: fleet.client, timeoutMs: 60_000 });
      effects = effectsBetween(before, await readMetrics(rig), clones);
      await fleet.clear(CLEAR_MS, keep);
      await expectSound(rig, { client: fleet.client, timeoutMs: 60_000 });
      await settled(rig, CLEAR_MS);
    } else {
      await stopOperator(rig);
      seconds.B.push((await runFloor('make', directory, concurrency, 4)).seconds);
      await runFloor('remove', directory, concurrency, 4);
    }
  }
  await startOperator(rig);
  await expectSound(rig, { client: fleet.client, timeoutMs: 60_000 });
  await fleet.clear(CLEAR_MS);
  const ratios = seconds.A.map((value) => value / median(seconds.B));
  const control = (cpu.operator ?? 0) + (cpu.apiserver ?? 0) + (cpu.etcd ?? 0);
  return figureOf(
    1,
    `${clones} linked clones on ${rig.hosts.length} QEMU hosts, apply to all Running ÷ C loop`,
    spreadOf(ratios),
    1.25,
    `${isApart ? '' : 'guests and control plane shared the CPUs (no cgroups here); '}operator ${median(seconds.A).toFixed(2)} s, C loop ${median(seconds.B).toFixed(2)} s; control plane ${Math.round((control * 1000) / clones)} ms CPU a machine (${cpuText(cpu)}); a machine: ${effects}`,
  );
}
