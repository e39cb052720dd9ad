import { expect, test } from 'vitest';
import { domainState } from './domain-state.ts';

// State and reason as libvirt numbers them (virDomainState, virDomainPausedReason).
test.each([
  ['running', 1, 1, { active: true, paused: false, pausedByUser: false, halted: null }],
  ['paused by a person', 3, 1, { active: true, paused: true, pausedByUser: true, halted: null }],
  ['paused while it is migrated', 3, 2, { active: true, paused: true, pausedByUser: false, halted: null }],
  ['paused for an error of a disk', 3, 5, { active: true, paused: true, pausedByUser: false, halted: 'DiskError' }],
  ['paused by its watchdog', 3, 6, { active: true, paused: true, pausedByUser: false, halted: 'Watchdog' }],
  ['paused for a snapshot', 3, 9, { active: true, paused: true, pausedByUser: false, halted: null }],
  ['off', 5, 5, { active: false, paused: false, pausedByUser: false, halted: null }],
])('%s', (_, state, reason, wanted) => {
  expect(domainState({ state, reason })).toEqual(wanted);
});
