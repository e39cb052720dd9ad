import { describe, expect, test } from 'vitest';
import { loadConfig, usage } from './config.ts';
import { optionSpecs } from './options.ts';

describe('loadConfig', () => {
  test('defaults', () => {
    const config = loadConfig([], {});
    expect([...config.roles]).toEqual(['controllers', 'workers', 'gateway']);
    expect(config).toMatchObject({
      namespace: 'virtfleet-system',
      watchNamespaces: [],
      kubeconfig: undefined,
      redisUrl: undefined,
      listen: { host: '0.0.0.0', port: 8080 },
      leaderElection: true,
      leaseDurationMs: 15_000,
      leaseRenewDeadlineMs: 10_000,
      leaseRetryPeriodMs: 2_000,
      workerCount: 8,
    });
  });

  test('two processes on one host have two identities', () => {
    expect(loadConfig([], {}).identity).not.toBe(loadConfig([], {}).identity);
  });

  test('a flag goes before the environment, the environment before the default', () => {
    const env = { VIRTFLEET_NAMESPACE: 'from-env', VIRTFLEET_WORKER_COUNT: '3' };
    expect(loadConfig(['--namespace', 'from-flag'], env)).toMatchObject({ namespace: 'from-flag', workerCount: 3 });
  });

  test.each([
    ['--listen', '[::1]:0', 'listen', { host: '::1', port: 0 }],
    ['--listen', ':9000', 'listen', { host: '0.0.0.0', port: 9000 }],
    ['--lease-duration', '1.5m', 'leaseDurationMs', 90_000],
    ['--watch-namespaces', 'a, b,', 'watchNamespaces', ['a', 'b']],
    ['--leader-election', 'false', 'leaderElection', false],
    ['--scratch-limit', '10Gi', 'scratchLimitBytes', 10 * 2 ** 30],
    [
      '--placement-weights',
      'Moving=0, ImageThere=30',
      'placement',
      { strategy: 'Spread', weights: { Moving: 0, ImageThere: 30 } },
    ],
    ['--placement-strategy', 'Pack', 'placement', { strategy: 'Pack', weights: {} }],
    ['--image-sources', 'public, 10.0.0.0/8', 'imageSources', ['public', '10.0.0.0/8']],
  ])('%s %s', (flag, value, key, wanted) => {
    expect(loadConfig([flag, value], {})).toHaveProperty([key], wanted);
  });

  test.each([
    ['--roles', 'cook', /--roles.*"cook".*/],
    ['--roles', ',', /--roles/],
    ['--listen', 'nowhere', /--listen.*nowhere/],
    ['--listen', 'a:70000', /--listen/],
    ['--worker-count', '0', /--worker-count/],
    ['--worker-count', '2x', /--worker-count/],
    ['--lease-duration', '15', /--lease-duration/],
    ['--lease-renew-deadline', '15s', /--lease-renew-deadline/],
    ['--lease-retry-period', '10s', /--lease-retry-period/],
    ['--leader-election', 'yes', /--leader-election/],
    ['--placement-strategy', 'pack', /--placement-strategy.*"pack".*/],
    ['--placement-weights', 'Moving', /--placement-weights.*"Moving".*/],
    ['--image-max-size', '2TB', /--image-max-size/],
    ['--no-such-flag', 'x', /no-such-flag/],
  ])('refuses %s %s and names the flag', (flag, value, message) => {
    expect(() => loadConfig([flag, value], {})).toThrow(
      expect.objectContaining({ errorClass: 'InvalidSpec', message: expect.stringMatching(message) }),
    );
  });

  test('the help text names every flag and its variable', () => {
    for (const spec of Object.values(optionSpecs)) {
      expect(usage()).toContain(`--${spec.flag} `);
      expect(usage()).toContain(spec.env);
    }
  });
});
