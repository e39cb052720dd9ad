import type { Constant } from './description.ts';
import { HEADER } from './emit_ts.ts';

export function emitConstants(constants: Constant[]): string {
  const lines = constants.map(({ name, value, info }) => {
    const text = info.replaceAll('*/', '* /');
    const literal = typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "\\'")}'`;
    return `${text === '' ? '' : `/** ${text} */\n`}export const ${name} = ${literal};`;
  });
  return `${HEADER}\n${lines.join('\n')}\n`;
}

const CODES: [RegExp, string][] = [
  [/\bas an? (ullong|unsigned long long)\b|VIR_TYPED_PARAM_ULLONG/, 'ullong'],
  [/\bas an? (llong|long long)\b|VIR_TYPED_PARAM_LLONG/, 'llong'],
  [/\bas an? (uint|unsigned int)\b|VIR_TYPED_PARAM_UINT/, 'uint'],
  [/\bas an? int\b|VIR_TYPED_PARAM_INT/, 'int'],
  [/\bas an? boolean\b|VIR_TYPED_PARAM_BOOLEAN/, 'boolean'],
  [/\bas an? double\b|VIR_TYPED_PARAM_DOUBLE/, 'double'],
  [/\bas an? string\b|VIR_TYPED_PARAM_STRING/, 'string'],
];

/** The wire type of each typed parameter whose text says one: libvirt refuses a value of another type. */
export function emitParamTypes(constants: Constant[]): string {
  const types = new Map<string, string>();
  for (const { group, value, info } of constants) {
    const code = group === 'macro' ? CODES.find(([pattern]) => pattern.test(info))?.[1] : undefined;
    if (code !== undefined && typeof value === 'string') types.set(value, code);
  }
  const lines = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, code]) => `  '${field}': '${code}',`);
  return `${HEADER}\nexport const PARAM_TYPES: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`;
}
