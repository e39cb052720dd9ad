import { expect, test } from 'vitest';
import { movePower } from './move-power.ts';

/** libvirt's numbers: https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState */
test.each<[string, number, number, string]>([
  ['running', 1, 1, 'Running'],
  ['running, migrated', 1, 2, 'Running'],
  ['running, post-copy', 1, 10, 'Running'],
  ['running, post-copy failed', 1, 11, 'PostCopyFailed'],
  ['shutting down', 4, 0, 'Running'],
  ['not known to the driver', 0, 0, 'Running'],
  ['suspended by its guest', 7, 0, 'Running'],
  ['paused', 3, 0, 'PausedByUser'],
  ['paused (user)', 3, 1, 'PausedByUser'],
  ['paused (migration)', 3, 2, 'PausedForMove'],
  ['paused (starting up)', 3, 11, 'PausedForMove'],
  ['paused (post-copy)', 3, 12, 'PausedForMove'],
  ['paused (post-copy failed)', 3, 13, 'PostCopyFailed'],
  ['paused (I/O error)', 3, 5, 'PausedOther'],
  ['shut off', 5, 1, 'Off'],
  ['crashed', 6, 0, 'Off'],
])('%s', (_, state, reason, power) => {
  expect(movePower({ state, reason })).toBe(power);
});
