import { isDeepStrictEqual } from 'node:util';

type Json = Record<string, unknown>;

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON merge patch (RFC 7386) that makes `to` of `from`, or null when they are equal and nothing is to be written.
 * What is `undefined` in `to` counts as absent, so it is removed. A list that differs is replaced as a whole.
 * A value of null inside of `to` cannot be expressed by a merge patch, and counts as absent, too.
 */
export function mergePatch(from: unknown, to: unknown): object | null {
  const source = isMap(from) ? from : {};
  const target = isMap(to) ? to : {};
  const patch: Json = {};
  for (const [name, wanted] of Object.entries(target)) {
    if (isAbsent(wanted)) continue;
    const present = Object.hasOwn(source, name) ? source[name] : undefined;
    if (isMap(wanted) && isMap(present)) {
      const inner = mergePatch(present, wanted);
      if (inner !== null) set(patch, name, inner);
    } else if (isMap(wanted)) {
      set(patch, name, withoutAbsent(wanted));
    } else if (!isDeepStrictEqual(withoutAbsent(present), withoutAbsent(wanted))) {
      set(patch, name, withoutAbsent(wanted));
    }
  }
  for (const [name, present] of Object.entries(source)) {
    if (!isAbsent(present) && (!Object.hasOwn(target, name) || isAbsent(target[name]))) set(patch, name, null);
  }
  return Object.keys(patch).length === 0 ? null : patch;
}

/** As an API server applies it; used by tests and to foretell what a write will give. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const result: Json = isMap(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else set(result, name, applyMergePatch(Object.hasOwn(result, name) ? result[name] : undefined, value));
  }
  return result;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (!isMap(value)) return value;
  const result: Json = {};
  for (const [name, inner] of Object.entries(value)) if (!isAbsent(inner)) set(result, name, withoutAbsent(inner));
  return result;
}

/** A plain assignment to "__proto__" would be lost. */
function set(target: Json, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
