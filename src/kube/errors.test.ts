import { describe, expect, test } from 'vitest';
import { errorFromAnswer, errorFromFailure, isExpired } from './errors.ts';

const label = { what: 'patch VirtualMachine a/b', object: 'VirtualMachine a/b', mutating: true };
const status = (reason: string, fields: string[] = []): string =>
  JSON.stringify({
    kind: 'Status',
    reason,
    message: `because of ${reason}`,
    details: { causes: fields.map((field) => ({ field })) },
  });

describe('errorFromAnswer', () => {
  test.each([
    [401, status('Unauthorized'), 'Denied', 'Unauthorized'],
    [403, status('Forbidden'), 'Denied', 'Forbidden'],
    [404, status('NotFound'), 'NotFound', 'NotFound'],
    [409, status('Conflict'), 'Conflict', 'Conflict'],
    [409, status('AlreadyExists'), 'Conflict', 'AlreadyExists'],
    [410, status('Expired'), 'Transient', 'Expired'],
    [422, status('Invalid', ['spec.cpu']), 'InvalidSpec', 'Invalid'],
    [422, status('Invalid', ['status.phase', 'spec.cpu']), 'InvalidSpec', 'Invalid'],
    [422, status('Invalid', ['status.phase', 'metadata.name']), 'Bug', 'Invalid'],
    [422, status('Invalid', ['metadata.uid']), 'Conflict', 'Invalid'],
    [422, status('Invalid'), 'InvalidSpec', 'Invalid'],
    [429, status('TooManyRequests'), 'Transient', 'TooManyRequests'],
    [500, 'no JSON at all', 'Transient', 'Http500'],
    [503, '', 'Transient', 'Http503'],
    [400, status('BadRequest'), 'Bug', 'BadRequest'],
    [415, status('UnsupportedMediaType'), 'Bug', 'UnsupportedMediaType'],
  ])('%d %s is %s', (code, body, errorClass, reason) => {
    const error = errorFromAnswer(code, body, label);
    expect(error).toMatchObject({ errorClass, reason, object: 'VirtualMachine a/b' });
    expect(error.message).toContain('patch VirtualMachine a/b');
  });

  test("the API server's words are in the message", () => {
    expect(errorFromAnswer(409, status('Conflict'), label).message).toContain('because of Conflict');
    expect(isExpired(errorFromAnswer(410, status('Expired'), label))).toBe(true);
    expect(isExpired(errorFromAnswer(409, status('Conflict'), label))).toBe(false);
  });
});

describe('errorFromFailure', () => {
  const failure = (code: string): Error => Object.assign(new Error(`it was ${code}`), { code });

  test.each([
    ['ECONNREFUSED', true, 'Transient', 'ApiUnreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', true, 'Transient', 'ApiUnreachable'],
    ['ECONNRESET', true, 'OutcomeUnknown', 'ApiNoAnswer'],
    ['UND_ERR_HEADERS_TIMEOUT', true, 'OutcomeUnknown', 'ApiNoAnswer'],
    ['UND_ERR_HEADERS_TIMEOUT', false, 'Transient', 'ApiUnreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', true, 'Denied', 'ApiCertificateRefused'],
    ['CERT_HAS_EXPIRED', false, 'Denied', 'ApiCertificateRefused'],
  ])('%s (mutating: %s) is %s', (code, mutating, errorClass, reason) => {
    expect(errorFromFailure(failure(code), { ...label, mutating })).toMatchObject({ errorClass, reason });
  });

  test.each(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'])('%s sends people to the clock', (code) => {
    expect(errorFromFailure(failure(code), label).mend).toMatch(/clock/);
  });

  test('the innermost cause is told', () => {
    const wrapped = new TypeError('fetch failed', { cause: failure('ECONNREFUSED') });
    expect(errorFromFailure(wrapped, label)).toMatchObject({
      errorClass: 'Transient',
      message: expect.stringContaining('it was ECONNREFUSED'),
    });
    const all = new AggregateError([failure('ECONNREFUSED'), failure('ECONNREFUSED')]);
    expect(errorFromFailure(all, label)).toMatchObject({ errorClass: 'Transient' });
  });
});
