/** One libvirtd with real QEMU and dnsmasq in namespaces of its own, and virsh to speak to it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../../rig/wait.ts';

const run = promisify(execFile);

const QEMU_CONF = `user = "root"
group = "root"
dynamic_ownership = 0
security_driver = "none"
namespaces = []
cgroup_controllers = []
stdio_handler = "file"
`;
const LIBVIRTD_CONF = `auth_unix_rw = "none"
unix_sock_group = "root"
host_uuid = "00000000-0000-4000-8000-0000000000d0"
`;

export class PrivateHost {
  readonly dir: string;
  readonly #init: ChildProcess;

  private constructor(dir: string, init: ChildProcess) {
    this.dir = dir;
    this.#init = init;
  }

  static async start(): Promise<PrivateHost> {
    const dir = mkdtempSync(join(tmpdir(), 'vf-libvirt-'));
    mkdirSync(join(dir, 'etc'));
    cpSync('/etc/libvirt', join(dir, 'etc'), { recursive: true });
    rmSync(join(dir, 'etc/qemu/networks'), { recursive: true, force: true });
    writeFileSync(join(dir, 'etc/qemu.conf'), QEMU_CONF);
    writeFileSync(join(dir, 'etc/libvirtd.conf'), LIBVIRTD_CONF);
    const namespaces = ['--mount', '--net', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const init = spawn('unshare', [...namespaces, join(import.meta.dirname, 'host-init.sh'), dir], { stdio: 'ignore' });
    const host = new PrivateHost(dir, init);
    await waitFor('libvirtd', () => host.virsh('version'), { timeoutMs: 30_000 });
    return host;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#init.once('exit', resolve));
    if (this.#init.exitCode === null && this.#init.signalCode === null) {
      this.#init.kill('SIGKILL');
      await ended;
    }
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #uri(driver: 'qemu' | 'test'): string {
    const socket = join(this.dir, 'run/libvirt/libvirt-sock');
    return `${driver}+unix:///${driver === 'qemu' ? 'system' : 'default'}?socket=${socket}`;
  }

  /** Fails with what virsh said. */
  async virsh(...args: string[]): Promise<string> {
    return (await run('virsh', ['-q', '-c', this.#uri('qemu'), ...args], { maxBuffer: 2 ** 24 })).stdout;
  }

  /** Several commands over one connection to libvirt's test driver; gives what the last one prints. */
  async virshTest(...commands: string[]): Promise<string> {
    return (await run('virsh', ['-q', '-c', this.#uri('test'), commands.join('; ')])).stdout.trim();
  }

  async qemuImg(...args: string[]): Promise<void> {
    await run('qemu-img', args);
  }

  /** A document as a file: virsh takes them so. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.dir, name);
    writeFileSync(path, content);
    return path;
  }

  /** Defines with VALIDATE, gives the inactive document back. */
  async define(xml: string): Promise<string> {
    await this.virsh('define', '--validate', this.file('domain.xml', xml));
    return this.inactive(/<uuid>([^<]+)</.exec(xml)?.[1] ?? '');
  }

  inactive(domain: string): Promise<string> {
    return this.virsh('dumpxml', '--inactive', '--security-info', domain);
  }

  live(domain: string): Promise<string> {
    return this.virsh('dumpxml', domain);
  }

  /** What the guest has printed on its serial console. */
  console(path: string): string {
    try {
      return readFileSync(path, 'utf8').replaceAll('\r', '');
    } catch {
      return '';
    }
  }

  async waitForConsole(path: string, pattern: RegExp, timeoutMs = 100_000): Promise<RegExpExecArray> {
    const found = await waitFor(`${pattern} on the console`, () => pattern.exec(this.console(path)), { timeoutMs });
    if (!found) throw new Error(`${pattern} never came`);
    return found;
  }
}
