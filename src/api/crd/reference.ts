/** Reference pages, generated from the same source as the CRDs. */
import type { ResourceDefinition } from '../schema/resource.ts';
import type { CustomResourceDefinition } from './crd.ts';
import type { StructuralSchema } from './structural.ts';

const header = '<!-- Generated from src/api by `make crds`. Do not edit. -->\n';

/** The page of one kind: fields with defaults, conditions with their reasons, columns, rules. */
export function kindPage(definition: ResourceDefinition, crd: CustomResourceDefinition): string {
  const { resource, shortNames } = definition;
  const schema = crd.spec.versions[0].schema.openAPIV3Schema;
  const scope = resource.namespaced ? 'It is in a namespace.' : 'It is cluster-scoped.';
  const rules = rulesOf(schema, '');
  return [
    header,
    `# ${resource.kind}\n`,
    `${definition.description}\n`,
    `\`apiVersion: ${resource.group}/${resource.version}\`, \`kind: ${resource.kind}\`. ${scope} Short names: ${shortNames.map(code).join(', ')}; category \`virtfleet\`.\n`,
    '## Spec\n',
    fieldTable(schema.properties?.spec, 'spec'),
    '## Rules\n',
    'What the API server refuses, with this message, besides wrong types, values and lengths.\n',
    ...rules.map(({ path, message }) => `- ${code(path)}: ${escapeCell(message)}`),
    '',
    ...(Object.keys(schema.properties?.status?.properties ?? {}).length > 0
      ? [
          '## Status\n',
          fieldTable(schema.properties?.status, 'status'),
          '## Conditions\n',
          ...conditionSections(definition),
        ]
      : []),
    '## Columns\n',
    '| Column | Shows | Only with `-o wide` |',
    '|---|---|---|',
    ...definition.columns.map(
      (c) => `| ${c.name} | ${escapeCell(c.description)} ${code(c.jsonPath)} | ${c.wide ? 'yes' : ''} |`,
    ),
    '',
    ...(definition.selectableFields
      ? [`Field selectors: ${definition.selectableFields.map((path) => code(path.slice(1))).join(', ')}.`, '']
      : []),
  ].join('\n');
}

/** One page with all reasons, for those who have one before them and look for the mend. */
export function reasonsPage(definitions: readonly ResourceDefinition[]): string {
  const lines = [
    header,
    '# Reasons\n',
    'Every reason that a condition can give, by kind: what it means and what to do about it. The condition’s message names the object, the host and the cause.\n',
  ];
  for (const definition of definitions.filter(({ reasons }) => Object.keys(reasons).length > 0)) {
    lines.push(`## ${definition.resource.kind}\n`, '| Reason | On | Means | Mend |', '|---|---|---|---|');
    for (const [reason, doc] of sorted(definition.reasons)) {
      lines.push(`| \`${reason}\` | ${doc.on.join(', ')} | ${escapeCell(doc.means)} | ${escapeCell(doc.mend ?? '')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

function conditionSections({ conditions, reasons }: ResourceDefinition): string[] {
  return Object.entries(conditions).flatMap(([type, meaning]) => {
    const rows = sorted(reasons).filter(([, doc]) => doc.on.includes(type));
    return [
      `### ${type}\n`,
      `${meaning}\n`,
      ...(rows.length > 0
        ? [
            '| Reason | Means | Mend |',
            '|---|---|---|',
            ...rows.map(
              ([reason, doc]) => `| \`${reason}\` | ${escapeCell(doc.means)} | ${escapeCell(doc.mend ?? '')} |`,
            ),
            '',
          ]
        : []),
    ];
  });
}

const sorted = <T>(table: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));

function fieldTable(schema: StructuralSchema | undefined, path: string): string {
  const rows = schema ? fieldRows(schema, path) : [];
  return ['| Field | Type | Default | |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function fieldRows(schema: StructuralSchema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const here = `${path}.${name}`;
    const inner = child.items ?? child;
    const must = schema.required?.includes(name) ? '**Required.** ' : '';
    const shown = child.default === undefined ? '' : code(JSON.stringify(child.default));
    const row = `| ${code(here)} | ${typeName(child)} | ${shown} | ${must}${escapeCell(child.description ?? '')} |`;
    return [row, ...fieldRows(inner, child.items ? `${here}[]` : here)];
  });
}

function typeName(schema: StructuralSchema): string {
  if (schema['x-kubernetes-int-or-string']) return 'quantity';
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ');
  if (schema.items) {
    const most = schema.maxItems === undefined ? '' : `, at most ${schema.maxItems}`;
    const keys = schema['x-kubernetes-list-map-keys'];
    const by = keys ? ` by ${keys.join(' and ')}` : '';
    return `list${by}${schema.items.type === 'object' ? '' : ` of ${typeName(schema.items)}`}${most}`;
  }
  if (schema.additionalProperties) return `map of ${typeName(schema.additionalProperties)}`;
  if (schema.format === 'date-time') return 'time';
  if (schema.type === 'integer') {
    const { minimum, maximum } = schema;
    if (minimum === undefined && maximum === undefined) return 'integer';
    return `integer, ${minimum ?? ''}${maximum === undefined ? ' or more' : `–${maximum}`}`;
  }
  return schema.type ?? 'any';
}

function rulesOf(schema: StructuralSchema, path: string): { path: string; message: string }[] {
  const own = (schema['x-kubernetes-validations'] ?? []).map((rule) => ({
    path: `${path}${typeof rule.fieldPath === 'string' ? rule.fieldPath : ''}`.replace(/^\./, '') || 'object',
    message: String(rule.message),
  }));
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => rulesOf(child, `${path}.${name}`));
  const items = schema.items ? rulesOf(schema.items, `${path}[]`) : [];
  return [...own, ...below, ...items];
}

const code = (text: string): string => `\`${text}\``;
const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
