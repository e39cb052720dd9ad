import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from './args.ts';

const upOptions = { hosts: 3, testHosts: 0, operators: 1, kvm: false, suites: [], splitDaemons: 0 };
const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean));

describe('parseCommand', () => {
  it.each([
    ['up', { verb: 'up', ...upOptions }],
    ['up --hosts 5 --test-hosts 40 --kvm', { verb: 'up', ...upOptions, hosts: 5, testHosts: 40, kvm: true }],
    ['up --no-operator --no-hosts', { verb: 'up', ...upOptions, hosts: 0, operators: 0 }],
    ['up --operators 2', { verb: 'up', ...upOptions, operators: 2 }],
    [
      'up --suites bookworm,trixie --split-daemons 1',
      { verb: 'up', ...upOptions, suites: ['bookworm', 'trixie'], splitDaemons: 1 },
    ],
    ['demo --hosts 2', { verb: 'demo', ...upOptions, hosts: 2 }],
    ['down', { verb: 'down' }],
    ['env', { verb: 'env' }],
    ['', { verb: 'help' }],
    ['up --help', { verb: 'help' }],
    ['status', { verb: 'status', json: false }],
    ['status -o json', { verb: 'status', json: true }],
    ['check', { verb: 'check', json: false, settleSeconds: 10 }],
    ['check --settle 0 -o json', { verb: 'check', json: true, settleSeconds: 0 }],
    ['exec h1 -- ls -l --name x', { verb: 'exec', host: 'h1', argv: ['ls', '-l', '--name', 'x'] }],
    ['fault h2 poweroff', { verb: 'fault', host: 'h2', action: 'poweroff', daemon: null }],
    ['fault h1 kill --daemon virtqemud', { verb: 'fault', host: 'h1', action: 'kill', daemon: 'virtqemud' }],
    ['suite trixie', { verb: 'suite', suite: 'trixie' }],
    ['upgrade h1 trixie', { verb: 'upgrade', host: 'h1', suite: 'trixie' }],
    ['operator kill', { verb: 'component', component: 'operator', action: 'kill', replica: null }],
    ['operator start --replica 1', { verb: 'component', component: 'operator', action: 'start', replica: 1 }],
    ['etcd freeze', { verb: 'component', component: 'etcd', action: 'freeze', replica: null }],
    ['image tiny', { verb: 'image', image: 'tiny', https: false }],
    ['image debian --https', { verb: 'image', image: 'debian', https: true }],
    ['console default/web', { verb: 'console', namespace: 'default', machine: 'web' }],
  ])('understands "%s"', (line, command) => {
    expect(parse(line)).toEqual({ rig: 'rig', command });
  });

  it('takes the rig from --name, wherever it stands, else from the environment', () => {
    expect(parse('--name b down').rig).toBe('b');
    expect(parse('down --name b').rig).toBe('b');
    expect(parseCommand(['down'], 'mine').rig).toBe('mine');
  });

  it.each([
    ['explode', 'no such command: explode'],
    ['up --hosts many', '--hosts is a number'],
    ['up --hosts 251', '--hosts is a number from 0 to 250'],
    ['up --host 1', "Unknown option '--host'"],
    ['up now', 'too many words: now'],
    ['down all', 'too many words: all'],
    ['status -o yaml', '-o knows only json'],
    ['check --settle long', '--settle is a number'],
    ['exec h1', 'exec needs a command after --'],
    ['exec -- ls', 'exec needs a host'],
    ['fault h1', 'fault needs an action'],
    ['fault h1 explode', 'no such action: explode'],
    ['up --suites ../x', 'no Debian suite'],
    ['upgrade h1', "needs a Debian suite's name"],
    ['redis cut', 'no such action: cut'],
    ['image windows', 'no such image: windows'],
    ['console web', 'NAMESPACE/NAME'],
    ['console a/b/c', 'NAMESPACE/NAME'],
    ['down --name bin', 'cannot be a rig'],
    ['down --name ../x', 'cannot be a rig'],
  ])('refuses "%s" and says why', (line, message) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(message);
  });
});
