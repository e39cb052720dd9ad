import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/**
 * A libvirtd of its own with QEMU, in namespaces of its own (mount, network, UTS, PID): nothing of the
 * machine's libvirt is touched, and the namespace's first process takes all guests with it when it ends.
 */
export interface Libvirtd {
  uri: string;
  /** A directory that the daemon sees under the same path. */
  dir: string;
  /** SIGSTOP and SIGCONT of the daemon itself. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const conf = (uuid: string): string => `
host_uuid = "${uuid}"
listen_tls = 0
auth_unix_rw = "none"
unix_sock_group = "root"
max_client_requests = 20
log_outputs = "3:stderr"
`;
const QEMU_CONF = `
user = "root"
group = "root"
dynamic_ownership = 0
security_driver = "none"
namespaces = []
cgroup_controllers = []
stdio_handler = "file"
`;

function script(dir: string): string {
  return `set -e
mount --make-rprivate /
hostname ${basename(dir)}
mount -t proc proc /proc
ip link set lo up
for d in run lib log etc cache; do mkdir -p ${dir}/$d; done
cp -rn /etc/libvirt/. ${dir}/etc/
cp ${dir}/libvirtd.conf ${dir}/qemu.conf ${dir}/etc/
mkdir -p ${dir}/lib/qemu ${dir}/lib/images ${dir}/lib/dnsmasq ${dir}/lib/network ${dir}/lib/boot
mount --bind ${dir}/run /run
mkdir -p /run/libvirt /run/lock
mount --bind ${dir}/lib /var/lib/libvirt
mount --bind ${dir}/log /var/log/libvirt
mount --bind ${dir}/etc /etc/libvirt
mount --bind ${dir}/cache /var/cache/libvirt
# Not exec: QEMU's probes are left to the namespace's first process, which has to reap them.
/usr/sbin/libvirtd &
wait $!`;
}

async function until(what: string, timeoutMs: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** It is bound a moment before it listens. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (listens: boolean): void => {
      socket.destroy();
      resolve(listens);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

/** The only child of a process, by our own pids. */
function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

export async function startLibvirtd(): Promise<Libvirtd> {
  if (process.getuid?.() !== 0) throw new Error('these tests need root: libvirtd runs in namespaces of its own');
  for (const tool of ['/usr/sbin/libvirtd', '/usr/bin/qemu-system-x86_64', '/usr/bin/qemu-img']) {
    if (!existsSync(tool))
      throw new Error(`${tool} is missing: install libvirt-daemon-system, qemu-system-x86 and qemu-utils`);
  }
  const dir = mkdtempSync(join(tmpdir(), 'vfn-'));
  mkdirSync(join(dir, 'pool'));
  writeFileSync(join(dir, 'libvirtd.conf'), conf(randomUUID()));
  writeFileSync(join(dir, 'qemu.conf'), QEMU_CONF);
  // It goes with us, whatever ends us; a sanitizer that is preloaded into us is none of its business.
  const child: ChildProcess = spawn(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      '--',
      'unshare',
      '--mount',
      '--net',
      '--uts',
      '--pid',
      '--fork',
      '--kill-child',
      'bash',
      '-c',
      script(dir),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LD_PRELOAD: '' } },
  );
  let output = '';
  for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (data) => (output = (output + data).slice(-4_000)));
  const socket = join(dir, 'run/libvirt/libvirt-sock');
  await until(`libvirtd's socket (it said: ${output.slice(-500)})`, 15_000, () => {
    if (child.exitCode !== null) throw new Error(`libvirtd ended with ${child.exitCode}: ${output.slice(-2000)}`);
    return existsSync(socket) && isListening(socket);
  });
  const first = childOf(child.pid ?? 0);
  const daemon = childOf(first);
  return {
    uri: `qemu+unix:///system?socket=${socket}`,
    dir,
    freeze: () => process.kill(daemon, 'SIGSTOP'),
    thaw: () => process.kill(daemon, 'SIGCONT'),
    async stop() {
      const ended = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve();
      process.kill(first, 'SIGKILL');
      await ended;
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A guest that only needs to be executed: no disk to boot from. */
export function guestXml(name: string, extra = ''): string {
  return `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/><tcg><tb-cache unit='MiB'>32</tb-cache></tcg></features>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator><serial type='pty'><target port='0'/></serial><console type='pty'><target type='serial' port='0'/></console>${extra}</devices></domain>`;
}
