/**
 * From zod's JSON schema to what a CRD takes: Kubernetes' structural schemas. What cannot be said there is refused
 * here, with the path, so that a mistake in a schema shows when the CRDs are generated and not on somebody's cluster.
 */

export interface StructuralSchema {
  description?: string;
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  format?: string;
  enum?: readonly (string | number)[];
  default?: unknown;
  nullable?: boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  required?: readonly string[];
  properties?: Record<string, StructuralSchema>;
  additionalProperties?: StructuralSchema;
  items?: StructuralSchema;
  anyOf?: readonly { type: 'integer' | 'string' }[];
  'x-kubernetes-int-or-string'?: true;
  'x-kubernetes-preserve-unknown-fields'?: true;
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: readonly string[];
  'x-kubernetes-map-type'?: 'atomic' | 'granular';
  'x-kubernetes-validations'?: readonly Record<string, unknown>[];
}

export class SchemaError extends Error {
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'SchemaError';
  }
}

export interface StructuralOptions {
  /**
   * Demand a bound on every string, list and map: the API server adds up what CEL rules may cost from those bounds, and
   * refuses a CRD over its budget.
   */
  bounded: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const SAFE = Number.MAX_SAFE_INTEGER;
const INT32 = 2_147_483_647;

/** Copied as they are, in this order. */
const COPIED = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
] as const;
const HANDLED = new Set<string>([
  ...COPIED,
  'description',
  'type',
  'format',
  'enum',
  'const',
  'default',
  'nullable',
  'minimum',
  'maximum',
  'pattern',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'anyOf',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
]);

/** `path` is for error messages: `VirtualMachine.spec`. */
export function toStructural(schema: unknown, path: string, options: StructuralOptions): StructuralSchema {
  if (!isObject(schema)) throw new SchemaError(path, 'is no schema');
  if ('$ref' in schema) throw new SchemaError(path, '$ref: a CRD takes no references; write the schema out');
  if (schema['x-kubernetes-int-or-string'] === true) return intOrString(schema, path);
  for (const key of ['anyOf', 'oneOf', 'allOf', 'not']) {
    if (key in schema) {
      throw new SchemaError(path, `${key} carries types: use optional fields and a CEL rule "exactly one of"`);
    }
  }
  for (const key of Object.keys(schema)) {
    if (!HANDLED.has(key)) throw new SchemaError(path, `${key} means nothing in a CRD`);
  }
  if (isAnything(schema)) return { ...head(schema), 'x-kubernetes-preserve-unknown-fields': true };
  const result: StructuralSchema = { ...head(schema), ...bodyOf(schema, path, options) };
  copy(schema, result);
  if (result.default !== undefined) result.default = completed(result.default, result);
  return result;
}

/**
 * A default with the defaults of its fields worked in. The API server would do so for an object that it defaults, but
 * judges the default of the schema itself by its rules before.
 */
function completed(value: unknown, schema: StructuralSchema): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(schema.properties ?? {}).flatMap(([name, child]): [string, unknown][] => {
    const given = name in value ? value[name] : child.default;
    return given === undefined ? [] : [[name, completed(given, child)]];
  });
  return { ...value, ...Object.fromEntries(entries) };
}

/** zod's `{}`: any value. */
const isAnything = (schema: Json): boolean =>
  schema.type === undefined && schema.enum === undefined && schema.const === undefined;

function head(schema: Json): StructuralSchema {
  return {
    ...(typeof schema.description === 'string' ? { description: schema.description } : {}),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(schema.nullable === true ? { nullable: true } : {}),
  };
}

function copy(schema: Json, result: StructuralSchema): void {
  for (const key of COPIED) {
    if (schema[key] !== undefined) Object.assign(result, { [key]: schema[key] });
  }
}

/** Kubernetes wants exactly this form, and no type beside it, so kubectl explain cannot show one: the text says it. */
function intOrString(schema: Json, path: string): StructuralSchema {
  if (schema.enum !== undefined) throw new SchemaError(path, 'int-or-string takes no enum');
  const result: StructuralSchema = {
    ...head(schema),
    ...(typeof schema.description === 'string' ? { description: `${schema.description} (A quantity.)` } : {}),
    'x-kubernetes-int-or-string': true,
    anyOf: [{ type: 'integer' }, { type: 'string' }],
  };
  copy(schema, result);
  return result;
}

function bodyOf(schema: Json, path: string, options: StructuralOptions): StructuralSchema {
  switch (schema.type) {
    case 'object':
      return object(schema, path, options);
    case 'array':
      return array(schema, path, options);
    case 'integer':
      return integer(schema);
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      throw new SchemaError(path, 'floats are not portable: use an integer, a quantity or a string');
    default:
      return string(schema, path, options);
  }
}

function object(schema: Json, path: string, options: StructuralOptions): StructuralSchema {
  const { additionalProperties, properties, required } = schema;
  if (additionalProperties === false) {
    throw new SchemaError(
      path,
      'additionalProperties: false is refused by Kubernetes; unknown fields are pruned anyway',
    );
  }
  if (isObject(properties)) {
    const entries = Object.entries(properties).map(([name, child]): [string, StructuralSchema] => {
      const below = `${path}.${name}`;
      if (!isObject(child) || typeof child.description !== 'string') {
        throw new SchemaError(below, 'has no description; kubectl explain is the manual');
      }
      return [name, toStructural(child, below, options)];
    });
    return {
      type: 'object',
      ...(Array.isArray(required) && required.length > 0 ? { required: required.map(String) } : {}),
      properties: Object.fromEntries(entries),
    };
  }
  if (isObject(additionalProperties)) {
    if (options.bounded && schema.maxProperties === undefined) throw new SchemaError(path, 'needs maxProperties');
    return { type: 'object', additionalProperties: toStructural(additionalProperties, `${path}.*`, options) };
  }
  return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
}

function array(schema: Json, path: string, options: StructuralOptions): StructuralSchema {
  if (Array.isArray(schema.items) || 'prefixItems' in schema) {
    throw new SchemaError(path, 'tuples cannot be said in a CRD: use an object with named fields');
  }
  if (options.bounded && schema.maxItems === undefined) throw new SchemaError(path, 'needs maxItems');
  const listType = schema['x-kubernetes-list-type'];
  if (listType === undefined) throw new SchemaError(path, 'needs x-kubernetes-list-type: map, set or atomic');
  const items = toStructural(schema.items, `${path}[]`, options);
  if (listType === 'map') {
    for (const key of Array.isArray(schema['x-kubernetes-list-map-keys']) ? schema['x-kubernetes-list-map-keys'] : []) {
      const isThere = items.required?.includes(key) || items.properties?.[key]?.default !== undefined;
      if (!isThere) throw new SchemaError(path, `key ${key} of the list must be required or have a default`);
    }
  }
  return { type: 'array', items };
}

function integer(schema: Json): StructuralSchema {
  const minimum = typeof schema.minimum === 'number' && schema.minimum > -SAFE ? schema.minimum : undefined;
  const maximum = typeof schema.maximum === 'number' && schema.maximum < SAFE ? schema.maximum : undefined;
  const fitsInt32 = minimum !== undefined && maximum !== undefined && minimum >= -INT32 && maximum <= INT32;
  const format = typeof schema.format === 'string' ? schema.format : fitsInt32 ? 'int32' : 'int64';
  return {
    type: 'integer',
    format,
    ...(minimum === undefined ? {} : { minimum }),
    // A bound that the format has already says nothing.
    ...(maximum === undefined || maximum === INT32 ? {} : { maximum }),
  };
}

function string(schema: Json, path: string, options: StructuralOptions): StructuralSchema {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (Array.isArray(values)) return { type: 'string', enum: values.map(String) };
  if (schema.type !== 'string') throw new SchemaError(path, `type ${String(schema.type)} cannot be said in a CRD`);
  if (options.bounded && schema.maxLength === undefined && schema.format === undefined) {
    throw new SchemaError(path, 'needs maxLength');
  }
  if (typeof schema.pattern === 'string') refuseForeignPattern(schema.pattern, path);
  return {
    type: 'string',
    ...(typeof schema.format === 'string' ? { format: schema.format } : {}),
    ...(typeof schema.pattern === 'string' ? { pattern: schema.pattern } : {}),
  };
}

/** The API server matches with RE2, which has neither look-around nor back-references. */
function refuseForeignPattern(pattern: string, path: string): void {
  const unescaped = pattern.replaceAll('\\\\', '');
  if (/\(\?(?:=|!|<=|<!)/.test(unescaped)) throw new SchemaError(path, 'pattern: RE2 has no look-around');
  if (/\\[1-9]|\\k</.test(unescaped)) throw new SchemaError(path, 'pattern: RE2 has no back-references');
  if (/\(\?<[A-Za-z_]/.test(unescaped)) throw new SchemaError(path, 'pattern: RE2 writes named groups as (?P<name>)');
}
