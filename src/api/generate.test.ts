import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { objectSchema, toCrd } from './crd/crd.ts';
import { definitions } from './crd/definitions.ts';
import type { StructuralSchema } from './crd/structural.ts';
import { driftedFiles, generatedFiles } from './generate.ts';

const kinds = definitions.map((definition) => [definition.resource.kind, definition] as const);

function* fields(schema: StructuralSchema, path: string): Generator<[string, StructuralSchema]> {
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    yield [`${path}.${name}`, child];
    yield* fields(child.items ?? child, `${path}.${name}`);
  }
}

it('the generated files are committed as src/api says (make crds)', () => {
  expect(driftedFiles(generatedFiles())).toEqual([]);
});

it('the same sources give the same bytes', () => {
  expect([...generatedFiles()]).toEqual([...generatedFiles()]);
});

it('say the same to readers of YAML 1.1, which kubectl is, and of 1.2', () => {
  for (const [path, content] of generatedFiles()) {
    if (path.endsWith('.yaml')) expect(parse(content, { version: '1.1' }), path).toEqual(parse(content));
  }
});

it('short names are of one kind each', () => {
  const names = definitions.flatMap(({ shortNames }) => shortNames);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(kinds)('%s', (_, definition) => {
  const { conditions, reasons, columns, resource } = definition;
  const schema = objectSchema(definition);

  it('has reasons on its own conditions only, and a reason for every condition', () => {
    for (const [reason, { on, means }] of Object.entries(reasons)) {
      expect(reason).toMatch(/^[A-Z][A-Za-z0-9]*$/);
      expect(means).toMatch(/\.$/);
      for (const type of on) expect(Object.keys(conditions), reason).toContain(type);
    }
    const carried = new Set(Object.values(reasons).flatMap(({ on }) => on));
    expect(Object.keys(conditions).filter((type) => !carried.has(type))).toEqual([]);
  });

  it('has columns of fields that there are, Age last', () => {
    const known = new Set([...fields(schema, '')].map(([path]) => path));
    for (const { jsonPath } of columns) {
      const path = jsonPath.replace(/\[[^\]]*\]/g, '');
      expect(known.has(path) || path === '.metadata.creationTimestamp', jsonPath).toBe(true);
    }
    expect(columns.at(-1)?.name).toBe('Age');
  });

  it('selects by fields that there are', () => {
    const known = new Set([...fields(schema, '')].map(([path]) => path));
    for (const path of toCrd(definition).spec.versions[0].selectableFields ?? [])
      expect(known).toContain(path.jsonPath);
  });

  it('writes status without defaults, so that nothing stands there which nobody has seen', () => {
    const status = schema.properties?.status ?? {};
    const withDefault = [...fields(status, `${resource.kind}.status`)].filter(
      ([, field]) => field.default !== undefined,
    );
    expect(withDefault).toEqual([]);
  });

  it('has rules whose message is a sentence that names the field', () => {
    for (const [path, field] of fields(schema, '')) {
      for (const { message, rule } of field['x-kubernetes-validations'] ?? []) {
        expect(String(message).length, `${path}: ${rule}`).toBeGreaterThan(20);
      }
    }
  });
});
