import { describe, expect, test } from 'vitest';
import { errorClassOf, reasonOf, toMessage, VirtfleetError } from './errors.ts';

describe('errors', () => {
  test('what is not ours is a Bug', () => {
    expect(errorClassOf(new TypeError('x is not a function'))).toBe('Bug');
    expect(errorClassOf('text')).toBe('Bug');
    expect(reasonOf(undefined)).toBe('InternalError');
    expect(errorClassOf(new VirtfleetError('Capacity', 'NoHostFits', 'no room'))).toBe('Capacity');
  });

  test.each([
    [
      new VirtfleetError('Denied', 'X', 'host a: login refused', { mend: 'Check the Secret' }),
      'host a: login refused. Check the Secret.',
    ],
    [new VirtfleetError('Denied', 'X', 'Refused!'), 'Refused!'],
    [new Error('two\n  lines'), 'two lines.'],
    ['text', 'text.'],
  ])('toMessage is one line: %s', (error, line) => {
    expect(toMessage(error)).toBe(line);
  });

  test('a message is never longer than a condition may be', () => {
    expect(toMessage(new Error('x'.repeat(40_000))).length).toBeLessThanOrEqual(2000);
  });

  test('details are kept', () => {
    const cause = new Error('below');
    const error = new VirtfleetError('Transient', 'Unreachable', 'm', { host: 'h1', object: undefined, cause });
    expect(error).toMatchObject({ host: 'h1', cause, reason: 'Unreachable', name: 'VirtfleetError' });
    expect(error.object).toBeUndefined();
  });
});
