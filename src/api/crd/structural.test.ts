import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { atLeast, atomicList, cel, int32, int64, labels, namedList, quantity } from '../schema/fields.ts';
import { type StructuralSchema, toStructural } from './structural.ts';

const of = (schema: z.ZodType, bounded = true): StructuralSchema =>
  toStructural(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }), 'X', { bounded });
const raw = (schema: unknown): StructuralSchema => toStructural(schema, 'X', { bounded: true });
const described = <T extends z.ZodType>(schema: T): T => schema.describe('A field.');

describe('what becomes of a schema', () => {
  const cases: [string, z.ZodType, StructuralSchema][] = [
    ['a small integer', int32(1, 64), { type: 'integer', format: 'int32', minimum: 1, maximum: 64 }],
    ['an open integer: bounds of 2^31 are the format', int32(0), { type: 'integer', format: 'int32', minimum: 0 }],
    ['any integer: bounds of 2^53 are none', z.int(), { type: 'integer', format: 'int64' }],
    ['bytes', int64(), { type: 'integer', format: 'int64', minimum: 0 }],
    ['a boolean', z.boolean(), { type: 'boolean' }],
    ['an enum with a default', z.enum(['A', 'B']).default('A'), { default: 'A', type: 'string', enum: ['A', 'B'] }],
    ['a literal', z.literal('A'), { type: 'string', enum: ['A'] }],
    ['nullable', z.string().max(3).nullable(), { nullable: true, type: 'string', maxLength: 3 }],
    ['anything', z.unknown(), { 'x-kubernetes-preserve-unknown-fields': true }],
    [
      'a quantity',
      quantity(),
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], maxLength: 32 },
    ],
    [
      'labels',
      labels(4),
      { type: 'object', additionalProperties: { type: 'string', maxLength: 63 }, maxProperties: 4 },
    ],
    [
      'a list by name',
      namedList(z.object({ name: described(z.string().max(5)) }), 3),
      {
        type: 'array',
        items: {
          type: 'object',
          required: ['name'],
          properties: { name: { description: 'A field.', type: 'string', maxLength: 5 } },
        },
        maxItems: 3,
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
      },
    ],
    [
      'a field with a default is not required',
      z.object({ a: described(z.boolean().default(true)) }),
      { type: 'object', properties: { a: { description: 'A field.', default: true, type: 'boolean' } } },
    ],
    [
      'the default of an object has those of its fields',
      z.object({ a: described(int32(1, 9).default(2)), b: described(z.boolean()).optional() }).prefault({}),
      {
        default: { a: 2 },
        type: 'object',
        properties: {
          a: { description: 'A field.', default: 2, type: 'integer', format: 'int32', minimum: 1, maximum: 9 },
          b: { description: 'A field.', type: 'boolean' },
        },
      },
    ],
  ];
  it.each(cases)('%s', (_, schema, expected) => {
    expect(of(schema)).toEqual(expected);
  });

  it('adds rules to those that are there', () => {
    const schema = cel(cel(z.boolean(), { rule: 'self', message: 'one' }), { rule: 'self', message: 'two' });
    expect(of(schema)['x-kubernetes-validations']?.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it('keeps rules of an optional field with a description', () => {
    const schema = z.object({ size: atLeast('size', '1Mi').optional().describe('Size.') });
    expect(of(schema).properties?.size).toMatchObject({
      description: 'Size. (A quantity.)',
      'x-kubernetes-int-or-string': true,
    });
    expect(of(schema).properties?.size?.['x-kubernetes-validations']).toHaveLength(3);
  });
});

describe('what is refused, with its path', () => {
  const refused: [string, () => StructuralSchema, RegExp][] = [
    ['a union', () => of(z.union([z.string().max(1), z.boolean()])), /^X: anyOf carries types: use optional fields/],
    [
      'a discriminated union',
      () => of(z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('b') })])),
      /^X: (anyOf|oneOf) carries types/,
    ],
    ['all of several', () => raw({ allOf: [{ type: 'object' }] }), /^X: allOf carries types/],
    ['a tuple', () => raw({ type: 'array', prefixItems: [{ type: 'boolean' }] }), /^X: (tuples|prefixItems)/],
    ['a tuple of zod', () => of(z.tuple([z.boolean()]).meta({ 'x-kubernetes-list-type': 'atomic' })), /^X\[\]: anyOf/],
    ['a reference', () => raw({ $ref: '#/a' }), /^X: \$ref/],
    ['a closed object', () => of(z.strictObject({})), /^X: additionalProperties: false/],
    ['a float', () => of(z.number()), /^X: floats are not portable/],
    ['a list without its type', () => of(z.array(z.boolean()).max(1)), /^X: needs x-kubernetes-list-type/],
    [
      'a list without a bound',
      () => of(atomicList(z.boolean(), 1).meta({ maxItems: undefined })),
      /^X: needs maxItems/,
    ],
    ['a string without a bound', () => of(z.string()), /^X: needs maxLength/],
    ['a map without a bound', () => of(z.record(z.string(), z.boolean())), /^X: needs maxProperties/],
    ['a field without a description', () => of(z.object({ a: z.boolean() })), /^X\.a: has no description/],
    [
      'a field deep inside',
      () => of(z.object({ a: described(atomicList(z.object({ b: z.boolean() }), 2)) })),
      /^X\.a\[\]\.b: has no description/,
    ],
    [
      'a key of a list that may be absent',
      () => of(namedList(z.object({ name: described(z.string().max(1)).optional() }), 2)),
      /^X: key name of the list must be required/,
    ],
    [
      'look-ahead',
      () =>
        of(
          z
            .string()
            .max(9)
            .regex(/^(?!x)/),
        ),
      /RE2 has no look-around/,
    ],
    [
      'look-behind',
      () =>
        of(
          z
            .string()
            .max(9)
            .regex(/(?<=x)y/),
        ),
      /RE2 has no look-around/,
    ],
    ['a back-reference', () => of(z.string().max(9).regex(/(a)\1/)), /RE2 has no back-references/],
    [
      'a keyword that means nothing',
      () => raw({ type: 'string', maxLength: 1, contentEncoding: 'x' }),
      /contentEncoding means nothing/,
    ],
  ];
  it.each(refused)('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
