import { parseArgs } from 'node:util';
import { reservedNames } from './paths.ts';

export const daemonActions = ['start', 'stop', 'kill', 'freeze', 'thaw'] as const;
export type DaemonAction = (typeof daemonActions)[number];
export const hostActions = [...daemonActions, 'cut', 'heal', 'poweroff', 'poweron'] as const;
export type HostAction = (typeof hostActions)[number];
export const components = ['operator', 'redis', 'apiserver', 'etcd', 'controller-manager', 'images'] as const;
export type Component = (typeof components)[number];
export type GuestImage = 'tiny' | 'debian';

export interface UpOptions {
  hosts: number;
  testHosts: number;
  operators: number;
  kvm: boolean;
  /** Debian suites whose libvirt and QEMU the hosts run, in turn; none: this machine's own */
  suites: string[];
  /** how many hosts, the last ones, run virtqemud and its like in place of libvirtd */
  splitDaemons: number;
}

export type Command =
  | ({ verb: 'up' } & UpOptions)
  | ({ verb: 'demo' } & UpOptions)
  | { verb: 'down' | 'env' | 'help' }
  | { verb: 'status'; json: boolean }
  | { verb: 'check'; json: boolean; settleSeconds: number }
  | { verb: 'exec'; host: string; argv: string[] }
  | { verb: 'fault'; host: string; action: HostAction; daemon: string | null }
  | { verb: 'upgrade'; host: string; suite: string }
  | { verb: 'suite'; suite: string }
  | { verb: 'component'; component: Component; action: DaemonAction; replica: number | null }
  | { verb: 'image'; image: GuestImage; https: boolean }
  | { verb: 'console'; namespace: string; machine: string };

export interface Invocation {
  rig: string;
  command: Command;
}

export class UsageError extends Error {}

export const usage = `usage: rig [--name rig] COMMAND

  up [--hosts 3] [--test-hosts 0] [--operators 1] [--no-operator] [--no-hosts] [--kvm]
     [--suites bookworm,trixie]   whose libvirt and QEMU the hosts run, in turn (this machine's own, if left out)
     [--split-daemons 0]          how many hosts, the last ones, run virtqemud and its like in place of libvirtd
  demo [--hosts 3]        up, then the road from kubectl apply to running machines
  down                    end everything and remove what it left
  status [-o json]
  check [--settle 10] [-o json]   which invariants of the fleet are broken, once nothing is under way
  env                     what a shell must export: eval "$(test/rig/rig env)"
  exec HOST -- CMD...     inside that host's namespaces
  fault HOST start|stop|kill|freeze|thaw       its libvirtd, or its split daemons: all, or [--daemon virtqemud] alone
  fault HOST cut|heal                          its network
  fault HOST poweroff|poweron                  libvirtd and every QEMU of it, at once
  upgrade HOST SUITE      its libvirt and QEMU become those of another Debian; machines run on (but not on the way back)
  suite SUITE             the root file system of another Debian, made if it is not there: prints where it is
  operator|redis|apiserver|etcd start|stop|kill|freeze|thaw [--replica n]
  image tiny|debian [--https]   the manifest of a VirtualMachineImage that the rig serves
  console NAMESPACE/NAME  what a machine has printed so far`;

const rigName = /^[a-z][a-z0-9-]{0,30}$/;

/** Parses a command line; what is wrong with it is a UsageError that says so. */
export function parseCommand(argv: readonly string[], defaultRig = 'rig'): Invocation {
  const split = argv.indexOf('--');
  const own = split < 0 ? argv : argv.slice(0, split);
  const rest = split < 0 ? [] : argv.slice(split + 1);
  const { values, positionals } = parse(own);
  const rig = values.name ?? defaultRig;
  if (!rigName.test(rig) || reservedNames.includes(rig)) {
    throw new UsageError(
      `"${rig}" cannot be a rig's name: small letters, digits and -, not ${reservedNames.join(', ')}`,
    );
  }
  return { rig, command: values.help ? { verb: 'help' } : toCommand(positionals, values, rest) };
}

type Values = ReturnType<typeof parse>['values'];

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        hosts: { type: 'string' },
        'test-hosts': { type: 'string' },
        operators: { type: 'string' },
        'no-operator': { type: 'boolean' },
        'no-hosts': { type: 'boolean' },
        kvm: { type: 'boolean' },
        suites: { type: 'string' },
        'split-daemons': { type: 'string' },
        daemon: { type: 'string' },
        https: { type: 'boolean' },
        replica: { type: 'string' },
        settle: { type: 'string' },
        output: { type: 'string', short: 'o' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** How many words may follow a verb; one (an action) where it is not named here. */
const wordsOf: Record<string, number> = {
  help: 0,
  up: 0,
  demo: 0,
  down: 0,
  env: 0,
  status: 0,
  check: 0,
  fault: 2,
  upgrade: 2,
};

function toCommand(positionals: readonly string[], values: Values, rest: string[]): Command {
  const [verb, first, second] = positionals;
  const words = verb === undefined ? 0 : (wordsOf[verb] ?? 1);
  if (positionals.length - 1 > words) throw new UsageError(`too many words: ${positionals.slice(1 + words).join(' ')}`);
  const need = (word: string | undefined, what: string) => {
    if (word === undefined) throw new UsageError(`${verb} needs ${what}`);
    return word;
  };
  switch (verb) {
    case undefined:
    case 'help':
      return { verb: 'help' };
    case 'up':
    case 'demo':
      return {
        verb,
        hosts: values['no-hosts'] ? 0 : count(values.hosts, '--hosts', 3, 250),
        testHosts: count(values['test-hosts'], '--test-hosts', 0, 1000),
        operators: values['no-operator'] ? 0 : count(values.operators, '--operators', 1, 20),
        kvm: values.kvm ?? false,
        suites: suitesOf(values.suites),
        splitDaemons: count(values['split-daemons'], '--split-daemons', 0, 250),
      };
    case 'down':
    case 'env':
      return { verb };
    case 'status':
      return { verb, json: isJson(values.output) };
    case 'check':
      return { verb, json: isJson(values.output), settleSeconds: count(values.settle, '--settle', 10, 600) };
    case 'exec':
      if (rest.length === 0) throw new UsageError('exec needs a command after --');
      return { verb, host: need(first, 'a host'), argv: rest };
    case 'fault':
      return {
        verb,
        host: need(first, 'a host'),
        action: oneOf(hostActions, need(second, 'an action'), 'action'),
        daemon: values.daemon ?? null,
      };
    case 'suite':
      return { verb, suite: suiteOf(need(first, "a Debian suite's name")) };
    case 'upgrade':
      return { verb, host: need(first, 'a host'), suite: suiteOf(need(second, "a Debian suite's name")) };
    case 'image':
      return {
        verb,
        image: oneOf(['tiny', 'debian'], need(first, 'tiny or debian'), 'image'),
        https: values.https ?? false,
      };
    case 'console': {
      const [namespace, machine, extra] = need(first, 'NAMESPACE/NAME').split('/');
      if (!namespace || !machine || extra !== undefined) throw new UsageError('console needs NAMESPACE/NAME');
      return { verb, namespace, machine };
    }
    default:
      return {
        verb: 'component',
        component: oneOf(components, verb, 'command'),
        action: oneOf(daemonActions, need(first, 'an action'), 'action'),
        replica: values.replica === undefined ? null : count(values.replica, '--replica', 0, 19),
      };
  }
}

function suitesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map(suiteOf);
}

function suiteOf(name: string): string {
  if (!/^[a-z]{2,20}$/.test(name)) throw new UsageError(`"${name}" is no Debian suite's name, such as trixie`);
  return name;
}

function isJson(output: string | undefined): boolean {
  if (output !== undefined && output !== 'json') throw new UsageError('-o knows only json');
  return output === 'json';
}

function oneOf<T extends string>(choices: readonly T[], word: string, what: string): T {
  const found = choices.find((choice) => choice === word);
  if (found === undefined) throw new UsageError(`no such ${what}: ${word} (there is ${choices.join(', ')})`);
  return found;
}

function count(text: string | undefined, option: string, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,4}$/.test(text) || Number(text) > most) throw new UsageError(`${option} is a number from 0 to ${most}`);
  return Number(text);
}
