/**
 * Writes what is generated from the API's schemas: `crds/*.yaml` and `docs/reference/*.md`. The same sources give the
 * same bytes. With `--check` nothing is written: it fails when a file differs from what would be.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { toCrd } from './crd/crd.ts';
import { definitions } from './crd/definitions.ts';
import { kindPage, reasonsPage } from './crd/reference.ts';

/** kubectl, helm and kustomize read YAML 1.1, where a bare On is true: what they would misread is quoted. */
const YAML_1_1 = { version: '1.1' } as const;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Every generated file, by its path from the root of the project. */
export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const header = '# Generated from src/api by `make crds`. Do not edit.\n';
  const names: string[] = [];
  for (const definition of definitions) {
    const crd = toCrd(definition);
    const name = `${definition.resource.group}_${definition.resource.plural}.yaml`;
    names.push(name);
    files.set(`crds/${name}`, header + stringify(crd, { ...YAML_1_1, lineWidth: 0, aliasDuplicateObjects: false }));
    files.set(`docs/reference/${definition.singular}.md`, kindPage(definition, crd));
  }
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: names.sort(),
  };
  files.set('crds/kustomization.yaml', header + stringify(kustomization, YAML_1_1));
  files.set('docs/reference/reasons.md', reasonsPage(definitions));
  return files;
}

/** Paths of files that differ from what would be generated, or that nothing generates any more. */
export function driftedFiles(files: Map<string, string>): string[] {
  const drifted = [...files].filter(([path, content]) => read(path) !== content).map(([path]) => path);
  return [...drifted, ...leftovers(files)];
}

function read(path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}

function leftovers(files: Map<string, string>): string[] {
  const crds = list('crds').filter((path) => path.endsWith('.yaml'));
  return crds.filter((path) => !files.has(path));
}

function list(folder: string): string[] {
  try {
    return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

function main(): void {
  const files = generatedFiles();
  const drifted = driftedFiles(files);
  if (process.argv.includes('--check')) {
    if (drifted.length > 0) {
      process.stderr.write(`These files are not what src/api says; run make crds:\n  ${drifted.join('\n  ')}\n`);
      process.exitCode = 1;
    }
    return;
  }
  for (const path of leftovers(files)) rmSync(join(root, path));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  process.stdout.write(`${files.size} files are as src/api says; ${drifted.length} of them changed.\n`);
}

if (process.argv[1] && basename(process.argv[1]) === 'generate.ts') main();
