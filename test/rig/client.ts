import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, DaemonAction, HostAction } from './args.ts';
import { type CommandResult, run } from './command.ts';
import { type DaemonState, Daemons } from './daemons.ts';
import { clientFiles, hostDir } from './host-files.ts';
import { type HostStatus, RigHost } from './hosts.ts';
import { Kubectl } from './kubectl.ts';
import { ensureSuite } from './libvirts.ts';
import { isOperatorReady, operatorName } from './operator.ts';
import { rigDir } from './paths.ts';
import { type HostPlan, hostUri, operatorPorts, planImageServer } from './plan.ts';
import { hostsOf, planOf, type RigState, readState } from './state.ts';
import { waitFor } from './wait.ts';

/** What gets a client into every host of the rig: file contents, as they stand in the operator's Secrets. */
export interface HostCredentials {
  sshPrivateKey: string;
  knownHosts: string;
  caCertificate: string;
  clientCertificate: string;
  clientKey: string;
  /** the folder for libvirt's own clients: qemu+tls://…?pkipath= */
  pkiPath: string;
}

export interface HostInfo extends HostPlan {
  /** how the rig's Host object reaches it */
  uri: string;
  /** every way there is; `unix` is libvirtd's socket as this machine sees it */
  uris: { ssh: string; tls: string; tcp: string; unix: string };
  /** the host's files as this machine sees them: var/log/libvirt, srv/virtfleet/local, … */
  dir: string;
}

/** A rig that is up, for tests: where everything is, and how to break it. */
export class RigClient {
  readonly name: string;
  readonly dir: string;
  /** administrator */
  readonly kubeconfig: string;
  /** the operator's ServiceAccount, with the rights of deploy/ and no others */
  readonly operatorKubeconfig: string;
  readonly redisUrl: string;
  readonly kubectl: Kubectl;
  readonly #state: RigState;
  readonly #daemons: Daemons;

  constructor(name: string) {
    const dir = rigDir(name);
    const state = readState(dir);
    if (state?.phase !== 'up') throw new Error(`rig "${name}" is not up: test/rig/rig up --name ${name}`);
    this.name = name;
    this.dir = dir;
    this.kubeconfig = state.kubeconfig;
    this.operatorKubeconfig = join(dir, 'operator.kubeconfig');
    this.redisUrl = `redis://127.0.0.1:${planOf(state).ports.redis}`;
    this.kubectl = new Kubectl(dir, state.kubeconfig);
    this.#state = state;
    this.#daemons = new Daemons(dir);
  }

  get hosts(): HostInfo[] {
    return hostsOf(this.#state).map((host) => {
      const dir = hostDir(this.dir, host.name);
      const test = host.kind === 'test' ? hostUri(host) : null;
      const socket = `${host.kind}+unix:///${host.kind === 'test' ? 'default' : 'system'}?socket=${dir}/run/libvirt/libvirt-sock`;
      return {
        ...host,
        dir,
        uri: hostUri(host),
        uris: {
          ssh: test ?? hostUri(host, 'ssh'),
          tls: test ?? hostUri(host, 'tls'),
          tcp: test ?? hostUri(host, 'tcp'),
          unix: socket,
        },
      };
    });
  }

  host(name: string): HostInfo {
    const found = this.hosts.find((host) => host.name === name);
    if (!found) throw new Error(`rig "${this.name}" has no host ${name}`);
    return found;
  }

  get credentials(): HostCredentials {
    const files = clientFiles(this.dir);
    const text = (file: string) => readFileSync(file, 'utf8');
    return {
      sshPrivateKey: text(files.sshKeyFile),
      knownHosts: text(files.knownHostsFile),
      caCertificate: text(files.caFile),
      clientCertificate: text(files.certFile),
      clientKey: text(files.keyFile),
      pkiPath: files.pkiPath,
    };
  }

  /** Where the rig serves guest images and broken variants of them (see images.ts). */
  get imageServer(): { http: string; https: string; caFile: string } {
    const { address } = planImageServer(planOf(this.#state));
    return { http: `http://${address}`, https: `https://${address}`, caFile: clientFiles(this.dir).caFile };
  }

  operator(replica = 0): { healthUrl: string; metricsUrl: string; logFile: string } {
    const ports = operatorPorts(planOf(this.#state), replica);
    return {
      healthUrl: `http://127.0.0.1:${ports.health}`,
      metricsUrl: `http://127.0.0.1:${ports.health}/metrics`,
      logFile: this.#daemons.logFile(operatorName(replica)),
    };
  }

  /** Runs a command inside the host's namespaces; throws when it fails. */
  async exec(host: string, argv: readonly string[]): Promise<string> {
    return await this.#host(host).run(argv);
  }

  async tryExec(host: string, argv: readonly string[]): Promise<CommandResult> {
    return await this.#host(host).tryRun(argv);
  }

  /** The command line that runs `argv` inside the host. */
  enter(host: string, argv: readonly string[]): string[] {
    return this.#host(host).enter(argv);
  }

  /** Takes away the claim that an earlier test's fleet has left on the hosts: a host that is claimed refuses all others. */
  async unclaimHosts(): Promise<void> {
    for (const { name, kind } of this.hosts) {
      if (kind === 'test') continue;
      const uri = this.#host(name).socketUri;
      await this.tryExec(name, ['virsh', '--quiet', '--connect', uri, 'net-undefine', 'virtfleet-claim']);
    }
  }

  /** virsh inside the host, on its own libvirtd: a pair of eyes that is not ours. */
  async virsh(host: string, ...args: string[]): Promise<string> {
    const target = this.#host(host);
    return await target.run(['virsh', '--quiet', '--connect', target.socketUri, ...args]);
  }

  /** virsh on this machine, over the given URI: what the operator's transport sees. */
  async virshFromOutside(uri: string, command: string, timeoutMs = 10_000): Promise<string> {
    return await run('virsh', ['--quiet', '--connect', uri, command], { timeoutMs });
  }

  /** OpenSSH's own client, with the operator's key and known hosts. */
  async ssh(host: string, command: string): Promise<string> {
    const files = clientFiles(this.dir);
    const options = [`UserKnownHostsFile=${files.knownHostsFile}`, 'IdentitiesOnly=yes', 'BatchMode=yes'];
    const flags = options.flatMap((option) => ['-o', option]);
    return await run('ssh', [
      '-F',
      'none',
      '-i',
      files.sshKeyFile,
      ...flags,
      `root@${this.host(host).address}`,
      command,
    ]);
  }

  /** Breaks or mends a host. Returns when it is done: the process is gone, or serves again. */
  async fault(host: string, action: HostAction, daemon: string | null = null): Promise<void> {
    await this.#host(host).fault(action, daemon);
  }

  /**
   * Gives a host the libvirt and QEMU of another Debian, for good. Returns when its libvirtd serves; machines run on.
   * Back to this machine's own it goes by switching the host off and on.
   */
  async upgrade(host: string, suite: string): Promise<void> {
    await this.#host(host).upgrade(await ensureSuite(suite));
  }

  async hostStatus(host: string): Promise<HostStatus> {
    return await this.#host(host).status();
  }

  /** Breaks or mends a part of the rig itself. `start` returns when the process runs, not when it serves. */
  async component(component: Component, action: DaemonAction, replica: number | null = null): Promise<void> {
    for (const name of this.#daemonsOf(component, replica)) {
      if (action === 'start') this.#daemons.restart(name);
      else if (action === 'stop') await this.#daemons.stop(name);
      else if (action === 'kill') await this.#daemons.kill(name);
      else await this.#daemons.freeze(name, action === 'freeze');
    }
  }

  /** Starts an operator that is down with more in its environment, a crash point for instance, for this once. */
  startOperator(env: Record<string, string>, replica = 0): void {
    this.#daemons.restart(operatorName(replica), env);
  }

  /** Resolves when the operator says that it is ready. */
  async operatorReady(timeoutMs = 30_000, replica = 0): Promise<void> {
    const plan = planOf(this.#state);
    await waitFor('the operator to be ready', () => isOperatorReady(plan, replica), { timeoutMs, intervalMs: 100 });
  }

  componentState(component: Component, replica = 0): DaemonState {
    return this.#daemons.state(component === 'operator' ? operatorName(replica) : component);
  }

  daemonStates(): Record<string, DaemonState> {
    return Object.fromEntries(
      this.#daemons
        .names()
        .sort()
        .map((name) => [name, this.#daemons.state(name)]),
    );
  }

  /** Everything that a machine has printed on its serial console so far. */
  async console(namespace: string, machine: string): Promise<string> {
    interface Machine {
      status?: { host?: { name: string }; serial?: { logPath?: string } };
    }
    const { status } = await this.kubectl.get<Machine>('virtualmachines.virtfleet.io', machine, '-n', namespace);
    if (!status?.host) throw new Error(`${namespace}/${machine} is on no host yet`);
    if (!status.serial?.logPath) throw new Error(`${namespace}/${machine} has no serial console that is kept`);
    const host = this.host(status.host.name);
    const file = this.#host(host.name).outside(status.serial.logPath);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** curl inside a host, where the machines on its networks are reached. */
  async httpFromHost(host: string, url: string, timeoutSeconds = 5): Promise<string> {
    return await this.exec(host, [
      'curl',
      '--silent',
      '--show-error',
      '--fail',
      '--max-time',
      String(timeoutSeconds),
      url,
    ]);
  }

  #host(name: string): RigHost {
    const info = this.host(name);
    const { options } = this.#state;
    return new RigHost(this.dir, planOf(this.#state), info, this.#daemons, options.kvm);
  }

  #daemonsOf(component: Component, replica: number | null): string[] {
    if (component !== 'operator') return [component];
    if (replica !== null) return [operatorName(replica)];
    const all = this.#daemons.names().filter((name) => name.startsWith('operator-'));
    if (all.length === 0) throw new Error(`rig "${this.name}" has no operator to act on`);
    return all.sort();
  }
}

/** The rig that VIRTFLEET_RIG names; the test set-up (vitest-setup.ts) brings one up where there is none. */
export function rigFromEnv(env: NodeJS.ProcessEnv = process.env): RigClient {
  const name = env.VIRTFLEET_RIG;
  if (!name) throw new Error('VIRTFLEET_RIG is not set: run the tests by vitest, or eval "$(test/rig/rig env)"');
  return new RigClient(name);
}
