/** Random values of a CRD's schema: mostly such as its rules want, now and then such as only its types allow. */
import fc from 'fast-check';
import { quantityToNumber } from '#api/quantity.ts';
import type { StructuralSchema } from '../../../src/api/crd/structural.ts';

type Arbitrary = fc.Arbitrary<unknown>;

const quantities = [
  ...[
    '1',
    '1Ki',
    '16Ki',
    '1Mi',
    '8Mi',
    '64Mi',
    '128Mi',
    '100M',
    '512Mi',
    '1e9',
    '1Gi',
    '1.5Gi',
    '2Gi',
    '10Gi',
    '1Ti',
    '16Ti',
  ],
  ...[1, 1024, 2 ** 20, 33_554_433, 2 ** 27, 999_999_999, 2 ** 30],
];
const nonsense = [
  '',
  '-1Gi',
  '4GB',
  'lots',
  '1e90',
  '9007199254740993',
  '0',
  '1Zi',
  '१Gi',
  '1 Gi',
  '0x10',
  'NaN',
  '4Pi',
];

/** Mostly the first: a spec has many fields, and one that is odd is enough for it to be refused. */
const rarely = (usual: Arbitrary, odd: Arbitrary): Arbitrary =>
  fc.oneof({ weight: 199, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Quantities between the bounds that the rules name. */
function anyQuantity(schema: StructuralSchema): Arbitrary {
  const bounds = (sign: string): number[] =>
    (schema['x-kubernetes-validations'] ?? []).flatMap(({ rule }) => {
      const [, bound] = new RegExp(`quantity\\('([^']+)'\\)\\) ${sign} 0`).exec(String(rule)) ?? [];
      return bound === undefined ? [] : [quantityToNumber(bound)];
    });
  const [least, most] = [Math.max(0, ...bounds('>=')), Math.min(Number.MAX_SAFE_INTEGER, ...bounds('<='))];
  const fitting = quantities.filter((one) => quantityToNumber(one) >= least && quantityToNumber(one) <= most);
  return rarely(fc.constantFrom(...fitting), fc.constantFrom(...nonsense));
}

export function anyOf(schema: StructuralSchema, path = ''): Arbitrary {
  if (schema['x-kubernetes-int-or-string']) return anyQuantity(schema);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return anyObject(schema, path);
    case 'array':
      return anyList(schema, path);
    case 'integer':
      return anyInteger(schema);
    case 'boolean':
      return fc.boolean();
    default:
      return anyString(schema, path);
  }
}

function anyObject(
  { properties = {}, required = [], additionalProperties }: StructuralSchema,
  path: string,
): Arbitrary {
  if (additionalProperties) {
    const key = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
    return fc.dictionary(key, anyOf(additionalProperties, `${path}.*`) as fc.Arbitrary<string>, {
      maxKeys: 2,
      noNullPrototype: true,
    });
  }
  const fields = Object.entries(properties).map(([name, child]) => [name, anyOf(child, `${path}.${name}`)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true });
}

function anyList(schema: StructuralSchema, path: string): Arbitrary {
  if (!schema.items) throw new Error(`${path} is a list of nothing`);
  const item = anyOf(schema.items, path);
  const keys = schema['x-kubernetes-list-map-keys'];
  const selector = keys
    ? (value: unknown) => JSON.stringify(keys.map((key) => (value as Record<string, unknown>)[key]))
    : (value: unknown) => JSON.stringify(value);
  const most = Math.min(schema.maxItems ?? 4, 4);
  const min = schema.minItems ?? 0;
  const few = fc.uniqueArray(item, { minLength: min, maxLength: Math.max(min, most), selector });
  return rarely(few, fc.array(item, { maxLength: 6 }));
}

function anyInteger({ minimum = -10, maximum = 1000 }: StructuralSchema): Arbitrary {
  const near = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 3) });
  return fc.oneof({ weight: 8, arbitrary: near }, { weight: 1, arbitrary: fc.integer({ min: minimum, max: maximum }) });
}

function anyString(schema: StructuralSchema, path: string): Arbitrary {
  const { maxLength = 64, minLength = 0 } = schema;
  const any = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 20) });
  const fits = (text: string): boolean => text.length <= maxLength && text.length >= minLength;
  const known = wellFormed(schema, path);
  return known ? rarely(known.filter(fits), any) : fc.oneof(any, fc.lorem({ maxCount: 3 }).filter(fits));
}

const soundUri = fc.constantFrom(
  'qemu+ssh://virt@h1.example.com/system',
  'qemu+tls://[2001:db8::1]:16514/system',
  'qemu+tcp://10.0.0.1/session?mode=direct',
  'qemu:///system',
  'test:///default',
);

/** URIs of hosts out of parts that are right, wrong, and right elsewhere. */
export const anyHostUri = fc
  .tuple(
    fc.constantFrom('qemu', 'qemu', 'qemu', 'test'),
    fc.constantFrom('+ssh', '+tls', '+tcp', '+unix', ''),
    fc.constantFrom(
      'h1',
      '',
      'h1.example.com',
      '10.0.0.1',
      '[2001:db8::1]',
      '[::1',
      '-h',
      'h_1',
      'a..b',
      'h1.',
      '[1.2.3.4]',
      '999.1.1.1',
    ),
    fc.constantFrom('', '', 'root@', 'a:b@', '-l@', 'a%20b@'),
    fc.constantFrom('', '', ':22', ':0', ':65536', ':022'),
    fc.constantFrom('/system', '/system', '/session', '/default', '/', '/system/'),
    fc.constantFrom(
      '',
      '',
      '?socket=/run/a',
      '?mode=direct',
      '?mode=auto&socket=/a',
      '?socket=/a/../b',
      '?socket=%2Frun',
      '?x=1',
      '?',
    ),
  )
  .map(
    ([driver, transport, host, user, port, path, query]) =>
      `${driver}${transport}://${user}${host}${port}${path}${query}`,
  );

/** What the rules say of a string, as an arbitrary; null: nothing that can be followed. */
function wellFormed(schema: StructuralSchema, path: string): fc.Arbitrary<string> | null {
  if (path.endsWith('.ipv4.address')) return fc.integer({ min: 2, max: 254 }).map((n) => `10.40.0.${n}`);
  if (path.endsWith('.url')) return fc.webUrl().map((url) => url.replaceAll('#', ''));
  if (path.endsWith('.uri')) return fc.oneof({ weight: 4, arbitrary: soundUri }, { weight: 1, arbitrary: anyHostUri });
  const rules = (schema['x-kubernetes-validations'] ?? []).map(({ rule }) => String(rule));
  if (rules.some((rule) => rule.includes('isCIDR')))
    return fc.constantFrom('10.40.0.0/24', '172.16.0.0/12', '10.0.0.0/29');
  if (rules.some((rule) => rule.includes('isIP'))) return fc.oneof(fc.ipV4(), fc.ipV6());
  const patterns = rules.flatMap((rule) => /^self\.matches\('((?:[^'\\]|\\.)*)'\)/.exec(rule)?.[1] ?? []);
  const [pattern] = patterns;
  if (pattern === undefined) return null;
  // A few names, so that things name each other now and then; unbounded repetitions are kept short.
  const source = pattern.replaceAll('\\\\', '\\');
  const matching = fc.stringMatching(new RegExp(source), { maxLength: 140 });
  const names = ['a', 'b', 'root', 'data-1', 'lab'].filter((name) => new RegExp(source).test(name));
  return names.length > 0 ? fc.oneof(fc.constantFrom(...names), matching) : matching;
}
