import { expect, test } from 'vitest';
import { interruption } from './act.ts';

test('a machine whose network was stopped under it is told where, and what connects it again', () => {
  expect(interruption('lab', 'h1')).toBe(
    "Network lab was stopped on host h1 while this machine ran, and runs again; the machine's interface is not connected to it until libvirtd is restarted there (which stops no machine), or the machine is",
  );
});
