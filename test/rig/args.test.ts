import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from './args.ts';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean));

describe('parseCommand', () => {
  it.each([
    ['up', { verb: 'up', hosts: 3, testHosts: 0, operators: 1, kvm: false }],
    ['up --hosts 5 --test-hosts 40 --kvm', { verb: 'up', hosts: 5, testHosts: 40, operators: 1, kvm: true }],
    ['up --no-operator --no-hosts', { verb: 'up', hosts: 0, testHosts: 0, operators: 0, kvm: false }],
    ['up --operators 2', { verb: 'up', hosts: 3, testHosts: 0, operators: 2, kvm: false }],
    ['demo --hosts 2', { verb: 'demo', hosts: 2, testHosts: 0, operators: 1, kvm: false }],
    ['down', { verb: 'down' }],
    ['env', { verb: 'env' }],
    ['', { verb: 'help' }],
    ['up --help', { verb: 'help' }],
    ['status', { verb: 'status', json: false }],
    ['status -o json', { verb: 'status', json: true }],
    ['check', { verb: 'check', json: false, settleSeconds: 10 }],
    ['check --settle 0 -o json', { verb: 'check', json: true, settleSeconds: 0 }],
    ['exec h1 -- ls -l --name x', { verb: 'exec', host: 'h1', argv: ['ls', '-l', '--name', 'x'] }],
    ['fault h2 poweroff', { verb: 'fault', host: 'h2', action: 'poweroff' }],
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
