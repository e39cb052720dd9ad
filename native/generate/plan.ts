import type { ApiFunction, Argument, Description, Field } from './description.ts';
import { elsewhere } from './elsewhere.ts';
import { type Kind, kindOf } from './kinds.ts';

/** How one C argument (or a pair of pointer and length) crosses into JavaScript. */
export type Part =
  | { way: 'in'; as: 'handle'; name: string; kind: Kind }
  | { way: 'in'; as: 'number'; name: string; type: string }
  | { way: 'in'; as: 'text'; name: string; nullable: boolean }
  | { way: 'in'; as: 'texts' | 'params' | 'bytes'; name: string; length: string }
  | { way: 'in'; as: 'uuid'; name: string }
  | { way: 'out'; as: 'number'; name: string; type: string }
  | {
      way: 'out';
      as: 'text' | 'textList' | 'uuidBytes' | 'uuidText' | 'newParams' | 'ownParams' | 'names';
      name: string;
      length: string;
    }
  | { way: 'out'; as: 'list'; name: string; kind: Kind }
  | { way: 'out'; as: 'struct'; name: string; struct: string; fields: Field[]; sized: boolean };

export type Result = 'nothing' | 'number' | 'boolean' | 'text' | 'constText' | 'handle';

export interface Plan {
  fn: ApiFunction;
  kind: Kind;
  parts: Part[];
  result: Result;
  /** Only when `result` is `handle`. */
  resultKind: Kind | undefined;
}
export type Outcome =
  | { bound: 'generated'; plan: Plan }
  | { bound: 'hand'; where: string }
  | { bound: 'no'; reason: string };

const NUMBERS = new Set([
  'int',
  'unsigned int',
  'long long',
  'unsigned long',
  'unsigned long long',
  'size_t',
  'double',
]);
/** Arguments that libvirt refuses as NULL everywhere. */
const NEVER_NULL =
  /^(xml|xmlDesc|xmldesc|name|uuidstr|path|disk|cmd|user|macstr|nativeFormat|nativeConfig|domainXml|new_name|portdev|alias|from|to)$/;

export function isPlainField(field: Field): boolean {
  return (
    /^(unsigned )?(char|short|int|long|long long)$/.test(field.type) ||
    field.type.startsWith('char ') ||
    field.type === 'virDomainBlockJobCursor'
  );
}

function structOf(description: Description, type: string): { struct: string; fields: Field[] } | undefined {
  const base = type.replace(/Ptr$/, '');
  for (const struct of [base, `${base}Struct`]) {
    const fields = description.structs.get(struct);
    if (type.endsWith('Ptr') && fields !== undefined && fields.length > 0 && fields.every(isPlainField))
      return { struct, fields };
  }
  return undefined;
}

/** The part that begins at `args[i]`, and how many C arguments it takes; undefined when the shape is not known. */
function partAt(description: Description, fn: ApiFunction, i: number): [Part, number] | undefined {
  const arg = fn.args[i] as Argument;
  const next = fn.args[i + 1];
  const { name, type } = arg;
  const kind = kindOf(type);
  if (kind !== undefined) return [{ way: 'in', as: 'handle', name, kind }, 1];
  if (NUMBERS.has(type)) return [{ way: 'in', as: 'number', name, type }, 1];
  if (type === 'const char *')
    return [{ way: 'in', as: 'text', name, nullable: !NEVER_NULL.test(name) || fn.name === 'virDomainOpenChannel' }, 1];
  if (type === 'const char **' && next?.type === 'unsigned int')
    return [{ way: 'in', as: 'texts', name, length: next.type }, 2];
  if (type === 'virTypedParameterPtr' && (next?.type === 'int' || next?.type === 'unsigned int'))
    return [{ way: 'in', as: 'params', name, length: next.type }, 2];
  if (type === 'virTypedParameterPtr' && next?.type === 'int *')
    return [{ way: 'out', as: 'ownParams', name, length: 'int' }, 2];
  if (type === 'virTypedParameterPtr *' && (next?.type === 'int *' || next?.type === 'unsigned int *')) {
    return [{ way: 'out', as: 'newParams', name, length: next.type.slice(0, -2) }, 2];
  }
  const listed = /^(vir\w+Ptr) \*\*$/.exec(type)?.[1];
  const listKind = listed === undefined ? undefined : kindOf(listed);
  if (listKind !== undefined) return [{ way: 'out', as: 'list', name, kind: listKind }, 1];
  if (
    /^(const )?unsigned char \*$/.test(type) &&
    next !== undefined &&
    /^(maplen|value_size)$/.test(next.name) &&
    (type.startsWith('const') || /Pin(?!.*Info)/.test(fn.name))
  ) {
    return [{ way: 'in', as: 'bytes', name, length: next.type }, 2];
  }
  if (type === 'const unsigned char *' && /ByUUID$/.test(fn.name)) return [{ way: 'in', as: 'uuid', name }, 1];
  if (type === 'unsigned char *' && /GetUUID$/.test(fn.name))
    return [{ way: 'out', as: 'uuidBytes', name, length: '' }, 1];
  if (type === 'char *' && /UUIDString$/.test(fn.name)) return [{ way: 'out', as: 'uuidText', name, length: '' }, 1];
  if (type === 'char **' && next?.type !== 'int') return [{ way: 'out', as: 'text', name, length: '' }, 1];
  if (type === 'char ***') return [{ way: 'out', as: 'textList', name, length: '' }, 1];
  if ((type === 'char ** const' || type === 'char **') && next?.type === 'int')
    return [{ way: 'out', as: 'names', name, length: 'int' }, 2];
  const struct = structOf(description, type);
  // A pointer to a struct with a count behind it is an array: those have overrides.
  if (struct !== undefined && next?.type === 'size_t')
    return [{ way: 'out', as: 'struct', name, ...struct, sized: true }, 2];
  if (struct !== undefined && (next === undefined || next.name === 'flags'))
    return [{ way: 'out', as: 'struct', name, ...struct, sized: false }, 1];
  const pointed = / \*$/.test(type) ? type.slice(0, -2) : '';
  if (NUMBERS.has(pointed)) return [{ way: 'out', as: 'number', name, type: pointed }, 1];
  return undefined;
}

function resultOf(fn: ApiFunction): Result | undefined {
  const { type, info } = fn.returns;
  if (kindOf(type) !== undefined) return 'handle';
  if (type === 'char *') return 'text';
  if (type === 'const char *') return 'constText';
  if (type === 'void') return 'nothing';
  if (type === 'int' && /(Is[A-Z]\w*|Has[A-Z]\w*)$/.test(fn.name)) return 'boolean';
  if (type === 'int')
    return /\b(number of|maximum|a positive|comparison|an fd|[01] (if|when) (nothing|info)|1 when|error code)/.test(
      info,
    )
      ? 'number'
      : 'nothing';
  return NUMBERS.has(type) || type === 'unsigned int' ? 'number' : undefined;
}

/** What becomes of a function: generated, written by hand, or not bound and why. */
export function planFor(description: Description, fn: ApiFunction): Outcome {
  const special = elsewhere(fn);
  if (special !== undefined) return special;
  const parts: Part[] = [];
  for (let i = 0; i < fn.args.length; ) {
    const found = partAt(description, fn, i);
    if (found === undefined)
      return {
        bound: 'no',
        reason: `argument \`${fn.args[i]?.type} ${fn.args[i]?.name}\` is of a shape the generator does not know`,
      };
    parts.push(found[0]);
    i += found[1];
  }
  const first = parts[0];
  const result = resultOf(fn);
  if (first === undefined || first.as !== 'handle') return { bound: 'no', reason: 'belongs to no object' };
  if (result === undefined) return { bound: 'no', reason: `returns \`${fn.returns.type}\`` };
  return { bound: 'generated', plan: { fn, kind: first.kind, parts, result, resultKind: kindOf(fn.returns.type) } };
}
