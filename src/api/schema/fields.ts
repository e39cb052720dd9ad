/** The building blocks of our schemas: Kubernetes' idioms as zod types, each with what the CRD needs to say it. */
import { z } from 'zod';

/** One CEL rule of a CRD. The message names the field and the mend. */
export interface Rule {
  rule: string;
  message: string;
  /** CEL that makes the message out of the value; `message` is used when it fails. */
  messageExpression?: string;
  /** Path of the field that the error is about, relative to where the rule stands: `.dhcp.start`. */
  fieldPath?: string;
  /** Not FieldValueDuplicate: with it the API server shows no message at all. */
  reason?: 'FieldValueInvalid' | 'FieldValueForbidden' | 'FieldValueRequired';
  /** Transition rules only: also evaluated when there is no old value (`oldSelf` is then optional). */
  optionalOldSelf?: boolean;
}

const RULES = 'x-kubernetes-validations';

/** Adds CEL rules to those that a schema has already. */
export function cel<T extends z.ZodType>(schema: T, ...rules: Rule[]): T {
  const before = schema.meta()?.[RULES];
  return schema.meta({ [RULES]: [...(Array.isArray(before) ? before : []), ...rules] });
}

/** A string of bounded length; `matches` is RE2 and must hold, or the message is shown. */
export function text(maxLength: number, check?: { matches: string; message: string }): z.ZodString {
  const schema = z.string().min(1).max(maxLength);
  return check ? cel(schema, { rule: `self.matches(${celString(check.matches)})`, message: check.message }) : schema;
}

/** A CEL string literal. */
export const celString = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A name inside our own objects (a disk, an interface). */
export const label = (field: string): z.ZodString =>
  text(63, {
    matches: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    message: `${field} must be lower-case letters, digits and dashes, and begin and end with a letter or digit: root, data-1`,
  });

/** The name of another Kubernetes object. */
export const objectName = (field: string): z.ZodString =>
  text(253, {
    matches: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    message: `${field} must be the name of an object: lower-case letters, digits, dashes and dots`,
  });

export const uuid = (field: string): z.ZodString =>
  text(36, {
    matches: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    message: `${field} must be a UUID in lower case: 0f3c7ab2-1b5e-4c0d-9d6f-3a2b1c4d5e6f`,
  });

/** An amount as Kubernetes writes it: `4Gi`, `500M`, `"1.5Gi"`, or a plain integer. Read it with `quantityToNumber`. */
export const quantity = () =>
  z.union([z.int(), z.string()]).meta({ 'x-kubernetes-int-or-string': true, maxLength: 32 });

/**
 * A quantity that is checked to be one, and between `min` and `max`. Without a bound it could be more than a number
 * holds exactly (2^53), and no controller could work out what is meant, not even in order to delete it.
 */
export const atLeast = (field: string, min: string, max = '4Pi') =>
  cel(
    quantity(),
    { rule: 'isQuantity(string(self))', message: `${field} must be a quantity with a unit: 512Mi, 20Gi` },
    {
      rule: `!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('${min}')) >= 0`,
      message: `${field} must be at least ${min}: give it a unit, 512Mi or 20Gi`,
    },
    {
      rule: `!isQuantity(string(self)) || quantity(string(self)).compareTo(quantity('${max}')) <= 0`,
      message: `${field} must be at most ${max}: lower it`,
    },
  );

export const int32 = (min: number, max = 2_147_483_647) => z.int().min(min).max(max);
/** Bytes and other counts that pass 2^31; exact up to 2^53. */
export const int64 = () => z.int().min(0).meta({ format: 'int64' });
export const time = () => z.string().meta({ format: 'date-time' });

/** A list of things with a name, merged by that name. */
export function namedList<T extends z.ZodType>(item: T, maxItems: number, ...keys: string[]): z.ZodArray<T> {
  return z
    .array(item)
    .max(maxItems)
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys.length > 0 ? keys : ['name'] });
}

/** A list of scalars, each at most once. */
export function setOf<T extends z.ZodType>(item: T, maxItems: number): z.ZodArray<T> {
  return z.array(item).max(maxItems).meta({ 'x-kubernetes-list-type': 'set' });
}

/** A list whose order matters, or that is replaced whole. */
export function atomicList<T extends z.ZodType>(item: T, maxItems: number): z.ZodArray<T> {
  return z.array(item).max(maxItems).meta({ 'x-kubernetes-list-type': 'atomic' });
}

/** Labels and the like. */
export const labels = (maxProperties = 32) => z.record(z.string(), z.string().max(63)).meta({ maxProperties });

/** `field` of the object that the rule stands on can be set once and never be changed or removed. */
export const immutableOnceSet = (field: string, path: string, mend: string): Rule => ({
  rule: `!has(oldSelf.${field}) || (has(self.${field}) && self.${field} == oldSelf.${field})`,
  message: `${path} cannot be changed or removed once it is set: ${mend}`,
  fieldPath: `.${field}`,
});

/** `field` is what it was at creation: neither set, changed nor removed later. */
export const immutable = (field: string, path: string, mend: string): Rule => ({
  rule: `has(self.${field}) == has(oldSelf.${field}) && (!has(self.${field}) || self.${field} == oldSelf.${field})`,
  message: `${path} cannot be changed after creation: ${mend}`,
  fieldPath: `.${field}`,
});

/** The quantity `field` may grow, not shrink. */
export const neverShrinks = (field: string, path: string, mend: string): Rule => ({
  rule: `!has(oldSelf.${field}) || (has(self.${field}) && quantity(string(self.${field})).compareTo(quantity(string(oldSelf.${field}))) >= 0)`,
  message: `${path} cannot shrink or be removed: ${mend}`,
  fieldPath: `.${field}`,
});
