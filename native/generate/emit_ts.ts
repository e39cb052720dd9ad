import type { ApiFunction } from './description.ts';
import { type Kind, methodName, parameterName } from './kinds.ts';
import type { Part, Plan } from './plan.ts';

/** TypeScript: a base class a kind, with a method for each generated function. */

export const HEADER = "// Generated from libvirt's API description by `npm run generate`: do not edit.\n";

function numberType(cType: string): string {
  return cType.endsWith('long long') || cType === 'virDomainBlockJobCursor' ? 'bigint' : 'number';
}

function inputType(part: Part): string {
  switch (part.as) {
    case 'handle':
      return `${part.kind}`;
    case 'number':
      return numberType(part.type) === 'bigint' ? 'bigint | number' : 'number';
    case 'text':
      return part.way === 'in' && part.nullable ? 'string | null' : 'string';
    case 'texts':
      return 'readonly string[]';
    case 'params':
      return 'TypedParams';
    default:
      return 'Uint8Array';
  }
}

export function fieldType(cType: string): string {
  if (cType.startsWith('char ')) return 'string';
  return numberType(cType);
}

function outputType(part: Part): string {
  if (part.way === 'in') return 'void';
  switch (part.as) {
    case 'number':
      return part.name === 'autostart' ? 'boolean' : numberType(part.type);
    case 'text':
      return 'string | null';
    case 'textList':
    case 'names':
      return 'string[]';
    case 'uuidBytes':
      return 'Uint8Array';
    case 'uuidText':
      return 'string';
    case 'newParams':
    case 'ownParams':
      return 'TypedValues';
    case 'list':
      return `${part.kind}[]`;
    case 'struct':
      return `{ ${part.fields.map((f) => `${f.name}: ${fieldType(f.type)}`).join('; ')} }`;
  }
}

function resultType(plan: Plan): string {
  const outs = plan.parts.filter((p) => p.way === 'out');
  const only = outs[0];
  if (only !== undefined && outs.length === 1) return outputType(only);
  if (outs.length > 1) return `{ ${outs.map((o) => `${parameterName(o.name)}: ${outputType(o)}`).join('; ')} }`;
  switch (plan.result) {
    case 'nothing':
      return 'void';
    case 'boolean':
      return 'boolean';
    case 'number':
      return numberType(plan.fn.returns.type);
    case 'text':
    case 'constText':
      return nullableText(plan.fn) ? 'string | null' : 'string';
    case 'handle':
      return `${plan.resultKind}`;
  }
}

/** Results that may be NULL without an error: most strings never are. */
function nullableText(fn: ApiFunction): boolean {
  return /GetParent$|GetUsageID$|QemuAgentCommand$/.test(fn.name);
}

/** The first sentence of libvirt's own text. */
export function firstSentence(info: string): string {
  const paragraph =
    info
      .split(/\n\s*\n/)[0]
      ?.replace(/\s+/g, ' ')
      .trim() ?? '';
  const sentence = /^.*?[.!](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.replaceAll('*/', '* /').slice(0, 300);
}

function emitMethod(plan: Plan): string {
  const { fn, parts, kind } = plan;
  const inputs = parts.filter((p) => p.way === 'in').slice(1);
  const last = inputs.length - 1;
  const params = inputs.map((part, i) => {
    const name = parameterName(part.name);
    const defaulted = part.as === 'number' && name === 'flags' && i === last;
    return defaulted
      ? 'flags = 0'
      : `${name}: ${inputType(part)}${fn.args.find((a) => a.name === part.name && a.name === 'autostart') ? ' | boolean' : ''}`;
  });
  const values = inputs.map((part) => {
    const name = parameterName(part.name);
    if (part.as === 'handle') return `nativeOf(${name})`;
    if (part.as === 'params') return `encodeParams(${name})`;
    if (name === 'flags' && part.as === 'number' && part.type === 'unsigned int') return 'flags >>> 0';
    if (name === 'autostart') return 'Number(autostart)';
    return name;
  });
  const type = resultType(plan);
  return [
    `  /** ${firstSentence(fn.info)} (${fn.name}, since ${fn.version}) */`,
    `  ${methodName(kind, fn.name)}(${[...params, 'opts?: CallOptions'].join(', ')}): Promise<${type}> {`,
    `    return this.call<${type}>('${fn.name}', opts, [${values.join(', ')}]);`,
    '  }',
  ].join('\n');
}

const FILES: Record<string, string> = {
  Connect: 'connect',
  Domain: 'domain',
  StorageVol: 'volume',
  Stream: 'stream',
};
const fileOf = (kind: string): string => FILES[kind] ?? 'objects';

export function emitClass(kind: Kind, plans: Plan[]): string {
  const body = plans.map(emitMethod).join('\n\n');
  const used = new Map<string, Set<string>>();
  for (const plan of plans) {
    const kinds = [
      ...plan.parts.flatMap((p) => (p.as === 'handle' || p.as === 'list' ? [p.kind] : [])).slice(1),
      ...(plan.resultKind ? [plan.resultKind] : []),
    ];
    for (const other of kinds) used.set(fileOf(other), (used.get(fileOf(other)) ?? new Set()).add(other));
  }
  const imports = [...used]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, names]) => `import type { ${[...names].sort().join(', ')} } from '../${file}.ts';`);
  const params = ['encodeParams', 'TypedParams', 'TypedValues']
    .filter((name) => body.includes(name))
    .map((name) => (name === 'encodeParams' ? name : `type ${name}`));
  return [
    HEADER.trimEnd(),
    ...(plans.length > 0 ? ["import type { CallOptions } from '../call.ts';"] : []),
    `import { Handle${body.includes('nativeOf(') ? ', nativeOf' : ''} } from '../handle.ts';`,
    ...imports,
    ...(params.length > 0 ? [`import { ${params.join(', ')} } from '../params.ts';`] : []),
    '',
    `export abstract class ${kind}Calls extends Handle {`,
    body,
    '}',
    '',
  ].join('\n');
}
