import { describe, expect, it } from 'vitest';
import { checkServer } from './server-check.ts';

const info = (over: Record<string, string>): string =>
  [
    '# Server',
    ...Object.entries({ redis_version: '7.0.15', maxmemory_policy: 'noeviction', aof_enabled: '1', ...over }),
  ]
    .map((line) => (typeof line === 'string' ? line : line.join(':')))
    .join('\r\n');

describe('a Redis server', () => {
  it.each([
    ['is well', {}, []],
    ['evicts', { maxmemory_policy: 'volatile-lru' }, [/volatile-lru.*noeviction/]],
    ['forgets', { aof_enabled: '0' }, [/appendonly yes/]],
    ['is old', { redis_version: '6.0.16' }, [/older than 6\.2/]],
  ])('%s', (_name, over, expected) => {
    const warnings = checkServer(info(over));
    expect(warnings).toHaveLength(expected.length);
    expected.forEach((pattern, index) => {
      expect(warnings[index]).toMatch(pattern);
    });
  });
});
