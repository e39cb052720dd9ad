import { describe, expect, test } from 'vitest';
import { attemptOf, hostLabel, moveName } from './names.ts';

const id = { hostUid: 'u1', startedAt: '2026-01-01T00:00:00Z' };
const web = { name: 'web', uid: 'w1' };
const LONG = `${'a.'.repeat(126)}z`;

describe('names of moves', () => {
  test('are the same for the same drain, machine and attempt, and for no other', () => {
    expect(moveName(id, web, 1)).toMatch(/^drain-web-[0-9a-f]{8}$/);
    expect(moveName(id, web, 2)).toBe(`${moveName(id, web, 1)}-2`);
    const others = [
      moveName({ ...id, startedAt: '2026-01-01T00:00:01Z' }, web, 1),
      moveName({ ...id, hostUid: 'u2' }, web, 1),
      moveName(id, { ...web, uid: 'w2' }, 1),
    ];
    expect(new Set([moveName(id, web, 1), ...others]).size).toBe(4);
  });

  test('are valid for a machine with the longest name', () => {
    const name = moveName(id, { ...web, name: LONG }, 12);
    expect(LONG).toHaveLength(253);
    expect(name.length).toBeLessThanOrEqual(253);
    expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
  });

  test.each([1, 2, 17])('tell attempt %i', (attempt) => {
    for (const machine of [web, { ...web, name: 'web-2' }, { ...web, name: LONG }]) {
      expect(attemptOf(id, machine, moveName(id, machine, attempt))).toBe(attempt);
    }
  });

  test('of others are none of it', () => {
    expect(attemptOf(id, web, 'by-hand')).toBeNull();
    expect(attemptOf(id, web, `${moveName(id, web, 1)}-1`)).toBeNull();
    expect(attemptOf(id, web, moveName({ ...id, startedAt: 'x' }, web, 1))).toBeNull();
  });

  test('a label holds the name of a host, or one of its own', () => {
    expect(hostLabel('h1.example.com')).toBe('h1.example.com');
    expect(hostLabel(LONG).length).toBeLessThanOrEqual(63);
    expect(hostLabel(LONG)).toMatch(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
  });
});
