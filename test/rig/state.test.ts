import { describe, expect, it } from 'vitest';
import { hostsOf, type RigState } from './state.ts';

const options = { hosts: 3, testHosts: 1, operators: 1, kvm: false, suites: [] as string[], splitDaemons: 0 };
const rig = (over: object): RigState => ({
  name: 'rig',
  slot: 0,
  phase: 'up',
  options: { ...options, ...over },
  cluster: 'own',
  kubeconfig: '',
});
const seen = (over: object) => hostsOf(rig(over)).map(({ name, suite, split }) => [name, suite, split]);

describe('hostsOf', () => {
  it("gives hosts this machine's own libvirtd when nothing is asked for", () => {
    expect(seen({})).toEqual([
      ['h1', null, false],
      ['h2', null, false],
      ['h3', null, false],
      ['t1', null, false],
    ]);
  });

  it('gives suites in turn and split daemons to the last, to QEMU hosts alone', () => {
    expect(seen({ suites: ['bookworm', 'trixie'] })).toEqual([
      ['h1', 'bookworm', false],
      ['h2', 'trixie', false],
      ['h3', 'bookworm', false],
      ['t1', null, false],
    ]);
    expect(seen({ splitDaemons: 1 })).toEqual([
      ['h1', null, false],
      ['h2', null, false],
      ['h3', null, true],
      ['t1', null, false],
    ]);
  });
});
