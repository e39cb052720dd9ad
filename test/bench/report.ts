/** The table, for the terminal and for docs/benchmarks.md, and the same as data. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { tryRun } from '../rig/command.ts';
import { controlPlaneBinary, projectRoot, sharedDir } from '../rig/paths.ts';
import type { Figure } from './figure.ts';
import { settings } from './settings.ts';

const page = join(projectRoot, 'docs', 'benchmarks.md');
const [BEGIN, END] = ['<!-- figures: written by make bench -->', '<!-- end of figures -->'];

export function formatFigures(figures: readonly Figure[]): string {
  return figures
    .map(({ row, name, ratio, bar, holds, spread, detail }) => {
      const range = spread ? ` (${spread[0]} to ${spread[1]})` : '';
      return `${holds ? 'holds' : 'MISSED'}  row ${row}: ${ratio ?? 'not measured'}${range}, bar ${bar}: ${name}\n        ${detail}`;
    })
    .join('\n');
}

/** Of rows that were measured before and not now, the last figures stay. */
export function writeJson(figures: readonly Figure[]): string {
  const file = join(sharedDir, 'bench.json');
  mkdirSync(dirname(file), { recursive: true });
  const list = figures.map(({ row, name, ratio, bar, holds, spread }) => ({ row, name, ratio, bar, holds, spread }));
  writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`);
  return file;
}

/** Puts the table of a whole run in the place of the one before. */
export async function writePage(figures: readonly Figure[], seconds: number): Promise<void> {
  const text = readFileSync(page, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${page} has lost the marks between which the table stands`);
  const cell = (value: string): string => value.replaceAll('|', '\\|');
  const rows = figures.map(
    ({ row, name, ratio, bar, holds, spread, detail }) =>
      `| ${row} | ${cell(name)} | ${ratio ?? '–'} | ${spread ? `${spread[0]} – ${spread[1]}` : '–'} | ${bar} | ${holds ? 'yes' : '**no**'} | ${cell(detail)} |`,
  );
  const table = [
    BEGIN,
    '',
    await machine(seconds),
    '',
    '| row | what | figure | least – most | bar | holds | context |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
  writeFileSync(page, `${text.slice(0, begin)}${table}\n${text.slice(end)}`);
}

async function machine(seconds: number): Promise<string> {
  const version = async (program: string, args: string[], pattern: RegExp): Promise<string> => {
    const { stdout, stderr } = await tryRun(program, args);
    return pattern.exec(stdout || stderr)?.[1] ?? 'unknown';
  };
  const [libvirt, qemu, kubernetes] = await Promise.all([
    version('libvirtd', ['--version'], /(\d+\.\d+\.\d+)/),
    version('qemu-system-x86_64', ['--version'], /version (\d+\.\d+\.\d+)/),
    version(controlPlaneBinary, ['kube-apiserver', '--version'], /v(\d+\.\d+\.\d+)/),
  ]);
  const [cpu] = cpus();
  const parts = [
    `${new Date().toISOString().slice(0, 10)}`,
    `${cpus().length} × ${cpu?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, QEMU by emulation (TCG)`,
    `libvirt ${libvirt}, QEMU ${qemu}, Kubernetes ${kubernetes}, Node ${process.versions.node}`,
    `${settings.repetitions} repetitions of each arm, ${Math.round(seconds / 60)} minutes in all`,
  ];
  return `${parts.join('; ')}.`;
}
