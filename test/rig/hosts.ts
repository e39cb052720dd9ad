import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostAction } from './args.ts';
import { Authority } from './certificates.ts';
import { type CommandResult, run, tryRun } from './command.ts';
import type { Daemons } from './daemons.ts';
import { clientFiles, hostDir, writeHostFiles } from './host-files.ts';
import { isCableConnected, plugIn, setCable, unplug } from './network.ts';
import type { HostPlan, Plan } from './plan.ts';
import { commandName, endAll, inNamespaceOf, isStopped, type ProcessId, send } from './processes.ts';
import { waitFor } from './wait.ts';

export interface HostStatus {
  power: 'on' | 'off';
  cable: 'connected' | 'cut';
  libvirtd: 'running' | 'frozen' | 'stopped';
  guests: number;
}

/** One host of the rig: a libvirtd with a network, a file system view and a process tree of its own. */
export class RigHost {
  readonly plan: HostPlan;
  readonly #rig: Plan;
  readonly #dir: string;
  readonly #shared: string;
  readonly #daemons: Daemons;
  readonly #kvm: boolean;

  constructor(rigDirectory: string, rig: Plan, plan: HostPlan, daemons: Daemons, kvm: boolean) {
    this.plan = plan;
    this.#rig = rig;
    this.#dir = hostDir(rigDirectory, plan.name);
    this.#shared = join(rigDirectory, 'shared');
    this.#daemons = daemons;
    this.#kvm = kvm;
  }

  get #daemon(): string {
    return `host-${this.plan.name}`;
  }

  /** The first process of the host's PID namespace, as this machine counts; null when the host is off. */
  init(): ProcessId | null {
    const starter = this.#daemons.process(this.#daemon);
    if (!starter) return null;
    const children = readFileSync(`/proc/${starter.pid}/task/${starter.pid}/children`, 'utf8').trim();
    const pid = Number(children.split(' ')[0]);
    return inNamespaceOf(pid, 'pid').find((process) => process.pid === pid) ?? null;
  }

  async powerOn(): Promise<void> {
    if (this.init()) return;
    await unplug(this.plan);
    rmSync(join(this.#dir, 'run'), { recursive: true, force: true });
    mkdirSync(join(this.#dir, 'run'), { recursive: true });
    await plugIn(this.#rig, this.plan);
    const script = join(import.meta.dirname, 'host-init.sh');
    const namespaces = ['--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child', '--mount-proc'];
    await this.#daemons.startAndWait(
      {
        name: this.#daemon,
        argv: [
          ...['nsenter', `--net=/run/netns/${this.plan.namespace}`, 'unshare', ...namespaces, '--'],
          ...['sh', script, this.#dir, this.plan.name, this.#shared, this.#kvm ? 'yes' : 'no'],
        ],
      },
      () => existsSync(join(this.#dir, 'run', 'host-is-ready')),
      20_000,
    );
    if (this.plan.kind === 'qemu') await this.run(['/usr/sbin/sshd']);
    await this.startLibvirtd();
  }

  /** As if the mains were cut: every process dies at once, and what was in memory and /run is gone. */
  async powerOff(): Promise<void> {
    const init = this.init();
    if (init) {
      const all = inNamespaceOf(init.pid, 'pid');
      send(init, 'SIGKILL');
      await waitFor(`${this.plan.name} to be off`, () => inNamespaceOf(init.pid, 'pid').length === 0, {
        timeoutMs: 15_000,
      });
      await endAll(all, 0);
    }
    await this.#daemons.kill(this.#daemon);
    await unplug(this.plan);
  }

  /** libvirtd itself, not the children that it is about to turn into something else. */
  libvirtd(): ProcessId | null {
    const init = this.init();
    if (!init) return null;
    const found = inNamespaceOf(init.pid, 'pid').filter((process) => commandName(process.pid) === 'libvirtd');
    return found.sort((a, b) => Number(a.startTime) - Number(b.startTime))[0] ?? null;
  }

  async startLibvirtd(): Promise<void> {
    if (this.libvirtd()) return;
    try {
      await this.run(['/usr/sbin/libvirtd', '--daemon', '--listen']);
      // it listens by now, and answers when its drivers have started; asked from within: the cable may be cut
      await this.run(['virsh', '--connect', this.socketUri, 'uri']);
    } catch (error) {
      const log = join(this.#dir, 'var/log/libvirt/libvirtd.log');
      const words = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n  ') : '';
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`libvirtd of ${this.plan.name} does not start: ${cause}\n  ${words}`);
    }
  }

  /** libvirtd's own socket, from inside the host. */
  get socketUri(): string {
    return this.plan.kind === 'test' ? 'test+unix:///default' : 'qemu+unix:///system';
  }

  async fault(action: HostAction): Promise<void> {
    switch (action) {
      case 'start':
        return await this.startLibvirtd();
      case 'stop':
        return await endAll([this.#needLibvirtd()], 20_000);
      case 'kill':
        return await endAll([this.#needLibvirtd()], 0);
      case 'freeze':
      case 'thaw': {
        const process = this.#needLibvirtd();
        send(process, action === 'freeze' ? 'SIGSTOP' : 'SIGCONT');
        await waitFor(`libvirtd to ${action}`, () => isStopped(process) === (action === 'freeze'), {
          timeoutMs: 5_000,
        });
        return;
      }
      case 'cut':
      case 'heal':
        return await setCable(this.plan, action === 'heal');
      case 'poweroff':
        return await this.powerOff();
      case 'poweron':
        return await this.powerOn();
      default:
        action satisfies never;
    }
  }

  #needLibvirtd(): ProcessId {
    const process = this.libvirtd();
    if (!process) throw new Error(`libvirtd of ${this.plan.name} does not run`);
    return process;
  }

  /** How to run a command inside the host; the working directory is the host's root. */
  enter(argv: readonly string[]): string[] {
    const init = this.init();
    if (!init) throw new Error(`${this.plan.name} is off: rig fault ${this.plan.name} poweron`);
    const target = String(init.pid);
    return ['nsenter', '--target', target, '--mount', '--uts', '--ipc', '--net', '--pid', '--wd=/', '--', ...argv];
  }

  async run(argv: readonly string[]): Promise<string> {
    const [program = '', ...args] = this.enter(argv);
    return await run(program, args, { env: this.#environment });
  }

  async tryRun(argv: readonly string[]): Promise<CommandResult> {
    const [program = '', ...args] = this.enter(argv);
    return await tryRun(program, args, { env: this.#environment });
  }

  get #environment(): Record<string, string> {
    return {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      HOME: '/root',
      ...this.#daemons.markedEnvironment,
    };
  }

  /** A path of the host's, as seen from outside while the host is on. */
  outside(path: string): string {
    const init = this.init();
    if (!init) throw new Error(`${this.plan.name} is off`);
    return `/proc/${init.pid}/root${path}`;
  }

  async status(): Promise<HostStatus> {
    const init = this.init();
    if (!init) return { power: 'off', cable: 'cut', libvirtd: 'stopped', guests: 0 };
    const libvirtd = this.libvirtd();
    const inside = inNamespaceOf(init.pid, 'pid');
    return {
      power: 'on',
      cable: (await isCableConnected(this.plan)) ? 'connected' : 'cut',
      libvirtd: libvirtd === null ? 'stopped' : isStopped(libvirtd) ? 'frozen' : 'running',
      guests: inside.filter((process) => commandName(process.pid).startsWith('qemu-system')).length,
    };
  }
}

/** Makes the identities of all hosts and the one client identity that they let in. Returns their authority. */
export async function writeAllHosts(rigDirectory: string, hosts: readonly HostPlan[]): Promise<Authority> {
  const files = clientFiles(rigDirectory);
  mkdirSync(join(rigDirectory, 'shared'), { recursive: true });
  const hostAuthority = await Authority.create(join(files.caFile, '..'), 'virtfleet rig hosts');
  const client = await hostAuthority.issue({ name: 'client', commonName: 'virtfleet', usage: 'client' });
  mkdirSync(join(files.sshKeyFile, '..'), { recursive: true, mode: 0o700 });
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'virtfleet', '-f', files.sshKeyFile]);
  const access = { hostAuthority, client, sshKeyFile: files.sshKeyFile };
  const known: string[] = [];
  for (const host of hosts) {
    const line = await writeHostFiles(hostDir(rigDirectory, host.name), host, hosts, access);
    if (line) known.push(line);
  }
  writeFileSync(files.knownHostsFile, known.map((line) => `${line}\n`).join(''));
  mkdirSync(files.pkiPath, { recursive: true });
  const copies: [string, string][] = [
    [files.caFile, 'cacert.pem'],
    [files.certFile, 'clientcert.pem'],
    [files.keyFile, 'clientkey.pem'],
  ];
  for (const [from, to] of copies) writeFileSync(join(files.pkiPath, to), readFileSync(from), { mode: 0o600 });
  return hostAuthority;
}
