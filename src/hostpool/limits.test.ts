import { describe, expect, test } from 'vitest';
import { MonitorLimit } from './limits.ts';

describe('calls that touch a monitor', () => {
  test('one a domain, so many a host, and a domain that hangs holds up nobody else', async () => {
    const limit = new MonitorLimit(2);
    const order: string[] = [];
    const hang = Promise.withResolvers<void>();
    const task =
      (name: string, until: Promise<void> = Promise.resolve()) =>
      async (): Promise<void> => {
        order.push(`+${name}`);
        await until;
        order.push(`-${name}`);
      };
    const a1 = limit.run('a', task('a1', hang.promise));
    const a2 = limit.run('a', task('a2'));
    await limit.run('b', task('b1'));
    await limit.run('c', task('c1'));
    expect(order).toEqual(['+a1', '+b1', '-b1', '+c1', '-c1']);
    hang.resolve();
    await Promise.all([a1, a2]);
    expect(order.slice(5)).toEqual(['-a1', '+a2', '-a2']);
  });

  test('a call that fails gives its place back', async () => {
    const limit = new MonitorLimit(1);
    await expect(limit.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(limit.run('a', () => Promise.resolve(7))).resolves.toBe(7);
  });

  test('a call that touches no monitor never waits', async () => {
    const limit = new MonitorLimit(0);
    await expect(limit.run(undefined, () => Promise.resolve(7))).resolves.toBe(7);
  });
});
