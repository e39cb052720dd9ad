import { PARAM_TYPES } from './generated/param_types.ts';

export type TypedValue = number | bigint | string | boolean;
/** What libvirt returns: bigint exactly where it says (unsigned) long long. */
export type TypedValues = Record<string, TypedValue>;
/**
 * `type` is only needed for a field of which libvirt's description does not tell it. A list is a field that is there as
 * often as it has entries, such as `migrate_disks`.
 */
export type TypedParams = Record<string, TypedValue | { type: ParamType; value: TypedValue } | readonly TypedValue[]>;

const CODES = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;
export type ParamType = keyof typeof CODES;

function isParamType(type: string | undefined): type is ParamType {
  return type !== undefined && type in CODES;
}

/** What a value is when neither the caller nor libvirt's description says. */
function guess(value: TypedValue): ParamType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return value < 0n ? 'llong' : 'ullong';
  if (!Number.isInteger(value)) return 'double';
  if (value < 0) return value < -(2 ** 31) ? 'llong' : 'int';
  return value < 2 ** 32 ? 'uint' : 'ullong';
}

const WHOLE: Partial<Record<ParamType, [bigint, bigint]>> = {
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  uint: [0n, 2n ** 32n - 1n],
  llong: [-(2n ** 63n), 2n ** 63n - 1n],
  ullong: [0n, 2n ** 64n - 1n],
};

function convert(name: string, type: ParamType, value: TypedValue): TypedValue {
  const range = WHOLE[type];
  if (range === undefined) {
    const wanted = type === 'double' ? 'number' : type;
    if (typeof value !== wanted) throw new TypeError(`typed parameter ${name} must be a ${wanted}`);
    return value;
  }
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isSafeInteger(value)))
    throw new TypeError(`typed parameter ${name} must be a whole number`);
  const whole = BigInt(value);
  if (whole < range[0] || whole > range[1]) throw new RangeError(`typed parameter ${name} does not fit an ${type}`);
  return type === 'llong' || type === 'ullong' ? whole : Number(whole);
}

/** `[name, type, value]` each, as the addon takes them. */
export function encodeParams(params: TypedParams): [string, number, TypedValue][] {
  return Object.entries(params).flatMap(([name, given]) => {
    if (isList(given)) return given.map((value) => encode(name, PARAM_TYPES[name], value));
    return [typeof given === 'object' ? encode(name, given.type, given.value) : encode(name, PARAM_TYPES[name], given)];
  });
}

/** Array.isArray() does not tell a readonly list. */
const isList = (given: TypedParams[string]): given is readonly TypedValue[] => Array.isArray(given);

function encode(name: string, said: string | undefined, value: TypedValue): [string, number, TypedValue] {
  const type = isParamType(said) ? said : guess(value);
  return [name, CODES[type], convert(name, type, value)];
}
