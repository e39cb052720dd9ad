import { parameterName } from './kinds.ts';
import type { Part, Plan } from './plan.ts';

/** C++ for one function: a `Call` that reads its arguments, runs on a worker and turns its results into JavaScript. */

/** With an underscore behind: no member hides one of Call's, and none is a keyword. */
const id = (name: string): string => `${parameterName(name)}_`;

function member(part: Part): string {
  const n = id(part.name);
  switch (part.as) {
    case 'handle':
      return `HandleRef ${n};`;
    case 'number':
      return `${part.type} ${n} = 0;`;
    case 'text':
      return part.way === 'in' ? `Text ${n};` : `OwnedText ${n};`;
    case 'texts':
      return `Texts ${n};`;
    case 'params':
      return `Params ${n};`;
    case 'bytes':
      return `Bytes ${n};`;
    case 'uuid':
      return `Uuid ${n};`;
    case 'textList':
      return `TextList ${n};`;
    case 'uuidBytes':
      return `unsigned char ${n}[VIR_UUID_BUFLEN] = {};`;
    case 'uuidText':
      return `char ${n}[VIR_UUID_STRING_BUFLEN] = {};`;
    case 'newParams':
    case 'ownParams':
      return `Params ${n};`;
    case 'names':
      return `NameBuffer ${n};`;
    case 'list':
      return `HandleList ${n};`;
    case 'struct':
      return `${part.struct} ${n} = {};`;
  }
}

function parse(part: Part): string | undefined {
  if (part.way === 'out') return undefined;
  const n = id(part.name);
  switch (part.as) {
    case 'handle':
      return `args.handle(Kind::${part.kind}, ${n})`;
    case 'number':
      return `args.number(${n})`;
    case 'text':
      return part.nullable ? `args.textOrNull(${n})` : `args.text(${n})`;
    case 'uuid':
      return `args.uuid(${n})`;
    default:
      return `args.${part.as}(${n})`;
  }
}

/** The C types of a part, for the function pointer's type. */
function cTypes(plan: Plan): string {
  return plan.fn.args.map((a) => a.type.replace('char ** const', 'char **')).join(', ');
}

function argument(part: Part): string {
  const n = id(part.name);
  switch (part.as) {
    case 'handle':
      return `${n}.as<vir${part.kind}Ptr>()`;
    case 'number':
      return part.way === 'in' ? n : `&${n}`;
    case 'text':
      return part.way === 'in' ? `${n}.get()` : `&${n}.value`;
    case 'texts':
      return `${n}.data(), static_cast<${part.length}>(${n}.size())`;
    case 'params':
      return `${n}.values, static_cast<${part.length}>(${n}.count)`;
    case 'bytes':
      return `${n}.data(), static_cast<${part.length}>(${n}.size())`;
    case 'uuid':
      return `${n}.bytes`;
    case 'textList':
      return `&${n}.values`;
    case 'uuidBytes':
    case 'uuidText':
      return n;
    case 'newParams':
      return part.length === 'int'
        ? `&${n}.values, &${n}.count`
        : `&${n}.values, reinterpret_cast<${part.length} *>(&${n}.count)`;
    case 'ownParams':
      return `${n}.values, &${n}.count`;
    case 'names':
      return `${n}.data(), ${n}.room()`;
    case 'list':
      return `reinterpret_cast<vir${part.kind}Ptr **>(&found)`;
    case 'struct':
      return part.sized ? `&${n}, sizeof ${n}` : `&${n}`;
  }
}

function toJs(part: Part): string | undefined {
  if (part.way === 'in') return undefined;
  const n = id(part.name);
  switch (part.as) {
    case 'number':
      return /^autostart$/.test(part.name) ? `js.boolean(${n} != 0)` : `js.value(${n})`;
    case 'text':
      return `js.text(${n}.value)`;
    case 'textList':
      return `js.texts(${n}.values, ${n}.count)`;
    case 'uuidBytes':
      return `js.bytes(${n}, sizeof ${n})`;
    case 'uuidText':
      return `js.text(${n})`;
    case 'newParams':
    case 'ownParams':
      return `js.params(${n}.values, ${n}.count)`;
    case 'names':
      return `js.texts(${n}.data(), ${n}.count)`;
    case 'list':
      return `js.handles(${n})`;
    case 'struct':
      return `js.object({${part.fields.map((f) => `{"${f.name}", js.value(${n}.${f.name})}`).join(', ')}})`;
  }
}

const FAILS: Record<string, string> = {
  int: 'r < 0',
  'long long': 'r < 0',
  'unsigned int': 'r == static_cast<unsigned>(-1) && hasError()',
  'unsigned long': 'r == 0 && hasError()',
  'unsigned long long': 'r == 0 && hasError()',
};

function runBody(plan: Plan): string[] {
  const { fn, parts } = plan;
  const call = `fn(${parts.map(argument).join(', ')})`;
  const lines: string[] = [];
  const own = parts.find((p) => p.as === 'ownParams');
  const list = parts.find((p) => p.way === 'out' && p.as === 'list');
  const names = parts.find((p) => p.way === 'out' && p.as === 'names');
  if (list !== undefined) lines.push('void **found = nullptr;');
  if (own !== undefined) {
    const n = id(own.name);
    if (/Scheduler/.test(fn.name)) {
      lines.push(`${n}.reserve(kSchedulerParams);`);
    } else {
      const query = `fn(${parts.map((p) => (p === own ? `nullptr, &${n}.count` : argument(p))).join(', ')})`;
      lines.push(`if (${query} < 0) return fail();`, `if (${n}.count == 0) return;`, `${n}.reserve(${n}.count);`);
    }
  }
  if (fn.returns.type === 'void') lines.push(`${call};`);
  else if (names !== undefined) {
    const n = id(names.name);
    lines.push(`do r = ${call}; while (${n}.mustGrow(r));`, 'if (r < 0) return fail();', `${n}.count = r;`);
  } else if (plan.result === 'handle')
    lines.push(`void *raw = ${call};`, `if (!raw) return fail();`, `r = adopt(Kind::${plan.resultKind}, raw);`);
  else if (plan.result === 'text') lines.push(`r.value = ${call};`, 'if (!r.value && hasError()) return fail();');
  else if (plan.result === 'constText')
    lines.push(`const char *text = ${call};`, 'if (!text && hasError()) return fail();', 'r.set(text);');
  else {
    lines.push(`r = ${call};`);
    const failed = FAILS[fn.returns.type];
    if (failed !== undefined) lines.push(`if (${failed}) return fail();`);
  }
  for (const part of parts) {
    if (part.way === 'out' && part.as === 'list')
      lines.push(`adoptAll(Kind::${part.kind}, found, r, ${id(part.name)});`);
    if (part.way === 'out' && part.as === 'textList') lines.push(`${id(part.name)}.count = r;`);
  }
  return lines;
}

function resultMember(plan: Plan): string {
  switch (plan.result) {
    case 'handle':
      return 'HandleRef r;';
    case 'text':
      return 'OwnedText r;';
    case 'constText':
      return 'Text r;';
    default:
      return plan.fn.returns.type === 'void' ? '' : `${plan.fn.returns.type} r = 0;`;
  }
}

function resultToJs(plan: Plan): string {
  const outs = plan.parts.filter((p) => p.way === 'out');
  const only = outs[0];
  if (only !== undefined && outs.length === 1) return toJs(only) ?? 'js.null()';
  if (outs.length > 1) return `js.object({${outs.map((o) => `{"${parameterName(o.name)}", ${toJs(o)}}`).join(', ')}})`;
  switch (plan.result) {
    case 'nothing':
      return 'js.undefined()';
    case 'number':
      return 'js.value(r)';
    case 'boolean':
      return 'js.boolean(r != 0)';
    case 'text':
      return 'js.text(r.value)';
    case 'constText':
      return 'js.text(r.get())';
    case 'handle':
      return 'js.handle(r)';
  }
}

export function emitCall(plan: Plan): string {
  const { fn, parts } = plan;
  const self = parts[0];
  const other = parts.slice(1).find((p) => p.as === 'handle');
  const parses = parts.map(parse).filter((p) => p !== undefined);
  const members = [...parts.map(member), resultMember(plan)].filter((m) => m !== '').join(' ');
  const resultType = fn.returns.type;
  return [
    `struct ${fn.name}_Call final : Call {`,
    `  static constexpr const char *kName = "${fn.name}";`,
    `  ${members}`,
    `  const HandleRef &self() const override { return ${id(self?.name ?? '')}; }`,
    ...(other === undefined ? [] : [`  const HandleRef *guest() const override { return &${id(other.name)}; }`]),
    `  bool parse(Args &args) override { return ${parses.join(' && ')}; }`,
    '  void run() override {',
    `    static const Symbol<${resultType} (*)(${cTypes(plan)})> fn{kName};`,
    '    if (!fn) return unsupported();',
    ...runBody(plan).map((line) => `    ${line}`),
    '  }',
    `  napi_value result(Js &js) override { return ${resultToJs(plan)}; }`,
    '};',
    '',
  ].join('\n');
}

export function emitCalls(module: string, plans: Plan[]): string {
  return [
    "// Generated from libvirt's API description by `npm run generate`: do not edit.",
    '#include "../call.h"',
    '#include <libvirt/libvirt-qemu.h>',
    '',
    'namespace {',
    '',
    ...plans.map(emitCall),
    '}  // namespace',
    '',
    `const Entry *entries_${module.replaceAll('-', '_')}() {`,
    '  static const Entry table[] = {',
    ...plans.map((p) => `    entry<${p.fn.name}_Call>(),`),
    '    {nullptr, nullptr},',
    '  };',
    '  return table;',
    '}',
    '',
  ].join('\n');
}

export function emitTable(modules: string[]): string {
  const ids = modules.map((m) => m.replaceAll('-', '_'));
  return [
    "// Generated from libvirt's API description by `npm run generate`: do not edit.",
    ...ids.map((m) => `const Entry *entries_${m}();`),
    'static const Entry *(*const kGeneratedTables[])() = {',
    ...ids.map((m) => `  entries_${m},`),
    '};',
    '',
  ].join('\n');
}
