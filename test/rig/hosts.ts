import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostAction } from './args.ts';
import { Authority } from './certificates.ts';
import { type CommandResult, run, tryRun } from './command.ts';
import type { Daemons } from './daemons.ts';
import { clientFiles, hostDir, writeHostFiles } from './host-files.ts';
import { ensureSplitDaemons, ensureSuite, type HostLibvirt, splitDaemons, wholeDaemon } from './libvirts.ts';
import { isCableConnected, plugIn, setCable, unplug } from './network.ts';
import { libvirtsDir } from './paths.ts';
import type { HostPlan, Plan } from './plan.ts';
import { commandName, endAll, inNamespaceOf, isStopped, type ProcessId, send } from './processes.ts';
import { waitFor } from './wait.ts';

export interface HostStatus {
  power: 'on' | 'off';
  cable: 'connected' | 'cut';
  /** of split daemons: running when all of them are, frozen when one of them is */
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
    mkdirSync(libvirtsDir, { recursive: true });
    await plugIn(this.#rig, this.plan);
    const script = join(import.meta.dirname, 'host-init.sh');
    const namespaces = ['--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child', '--mount-proc'];
    await this.#daemons.startAndWait(
      {
        name: this.#daemon,
        argv: [
          ...['nsenter', `--net=/run/netns/${this.plan.namespace}`, 'unshare', ...namespaces, '--'],
          ...['sh', script, this.#dir, this.plan.name, this.#shared, this.#kvm ? 'yes' : 'no'],
          ...[libvirtsDir, this.#libvirt.root ?? ''],
        ],
      },
      () => existsSync(join(this.#dir, 'run', 'host-is-ready')),
      20_000,
    );
    if (this.plan.kind === 'qemu') await this.run(['/usr/sbin/sshd']);
    await this.startDaemons(this.#daemonNames);
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

  /** What the host runs, recorded in a file of it: an upgrade outlasts a power cycle. */
  get #libvirt(): HostLibvirt {
    const file = libvirtFile(this.#dir);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as HostLibvirt) : { root: null, split: null };
  }

  get #daemonNames(): readonly string[] {
    return this.#libvirt.split === null ? wholeDaemon : splitDaemons;
  }

  /** The daemons that run; each itself, not the children that it is about to turn into something else. */
  #running(names: readonly string[]): ProcessId[] {
    const init = this.init();
    if (!init) return [];
    const inside = inNamespaceOf(init.pid, 'pid').sort((a, b) => Number(a.startTime) - Number(b.startTime));
    return names.flatMap((name) => inside.find((process) => commandName(process.pid) === name) ?? []);
  }

  /** Starts those that do not run, and returns when the host answers. */
  async startDaemons(names: readonly string[]): Promise<void> {
    const { split } = this.#libvirt;
    let last = '';
    try {
      for (const name of names) {
        last = name;
        if (this.#running([name]).length > 0) continue;
        const program = split === null ? `/usr/sbin/${name}` : `/mnt/libvirts/${split}/${name}`;
        // virtproxyd listens when its file says so, libvirtd must be told
        const argv = [program, '--daemon', ...(name === 'libvirtd' ? ['--listen'] : [])];
        // what host-init starts again when it crashes; the folder is its own, and not made anew when the rig is going down
        writeFileSync(join(this.#dir, 'run/daemons', name), argv.join(' '));
        await this.run(argv);
      }
      // it listens by now, and answers when its drivers have started; asked from within: the cable may be cut
      if (names.some((name) => name !== 'virtproxyd')) await this.run(['virsh', '--connect', this.socketUri, 'uri']);
    } catch (error) {
      const log = join(this.#dir, `var/log/libvirt/${last}.log`);
      const words = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n  ') : '';
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`${last} of ${this.plan.name} does not start: ${cause}\n  ${words}`);
    }
  }

  /**
   * The programs of another Debian take the place of the host's, and its libvirtd is started anew; machines run on. Back
   * to this machine's own (null) there is no such way: the host is switched off and on, and its machines die.
   */
  async upgrade(root: string | null): Promise<void> {
    const before = this.#libvirt;
    if (root === before.root) return;
    if (before.split !== null) {
      throw new Error(`${this.plan.name} cannot be upgraded: its split daemons are built for the libvirt that it has`);
    }
    const record = () =>
      writeFileSync(libvirtFile(this.#dir), JSON.stringify({ ...before, root } satisfies HostLibvirt));
    if (root === null) {
      await this.powerOff();
      record();
      return await this.powerOn();
    }
    await endAll(this.#running(this.#daemonNames), 20_000);
    const script = readFileSync(join(import.meta.dirname, 'host-suite.sh'), 'utf8');
    await this.run(['sh', '-c', script, 'host-suite.sh', `/mnt/libvirts/${root}`]);
    record();
    await this.startDaemons(this.#daemonNames);
  }

  /** libvirtd's own socket, from inside the host. */
  get socketUri(): string {
    return this.plan.kind === 'test' ? 'test+unix:///default' : 'qemu+unix:///system';
  }

  /** Breaks or mends the host. What is meant for its daemons is for all of them, or for the one that is named. */
  async fault(action: HostAction, daemon: string | null = null): Promise<void> {
    const names = daemon === null ? this.#daemonNames : [daemon];
    const stranger = names.find((name) => !this.#daemonNames.includes(name));
    if (stranger) {
      throw new Error(`${this.plan.name} has no ${stranger}; its daemons are ${this.#daemonNames.join(', ')}`);
    }
    switch (action) {
      case 'start':
        return await this.startDaemons(names);
      case 'stop':
        return await endAll(this.#need(names), 20_000);
      case 'kill':
        return await endAll(this.#need(names), 0);
      case 'freeze':
      case 'thaw': {
        const targets = this.#need(names);
        for (const process of targets) send(process, action === 'freeze' ? 'SIGSTOP' : 'SIGCONT');
        await waitFor(
          `${names.join(', ')} to ${action}`,
          () => targets.every((process) => isStopped(process) === (action === 'freeze')),
          { timeoutMs: 5_000 },
        );
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

  #need(names: readonly string[]): ProcessId[] {
    const running = this.#running(names);
    if (running.length === 0) throw new Error(`${names.join(', ')} of ${this.plan.name}: none runs`);
    return running;
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
    const daemons = this.#running(this.#daemonNames);
    const isWhole = daemons.length === this.#daemonNames.length;
    const inside = inNamespaceOf(init.pid, 'pid');
    return {
      power: 'on',
      cable: (await isCableConnected(this.plan)) ? 'connected' : 'cut',
      libvirtd: !isWhole ? 'stopped' : daemons.some(isStopped) ? 'frozen' : 'running',
      guests: inside.filter((process) => commandName(process.pid).startsWith('qemu-system')).length,
    };
  }
}

const libvirtFile = (dir: string) => join(dir, 'libvirt.json');

/** Builds what the host is to run, if that is not this machine's own libvirtd, and records it. */
export async function prepareLibvirt(rigDirectory: string, host: HostPlan): Promise<void> {
  const libvirt: HostLibvirt = {
    root: host.suite === null ? null : await ensureSuite(host.suite),
    split: host.split ? await ensureSplitDaemons(host.suite) : null,
  };
  writeFileSync(libvirtFile(hostDir(rigDirectory, host.name)), JSON.stringify(libvirt));
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
