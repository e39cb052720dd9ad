import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authority, Certificate } from './certificates.ts';
import { run } from './command.ts';
import type { HostPlan } from './plan.ts';

/** Where the files of one host are; the paths below it are those that the host sees. */
export function hostDir(rigDirectory: string, host: string): string {
  return join(rigDirectory, 'hosts', host);
}

/** What the operator and tests need to get in: one client identity for all hosts of a rig. */
export interface HostAccess {
  hostAuthority: Authority;
  client: Certificate;
  sshKeyFile: string;
}

export function clientFiles(rigDirectory: string) {
  const pki = join(rigDirectory, 'pki');
  return {
    caFile: join(pki, 'hosts', 'ca.crt'),
    certFile: join(pki, 'hosts', 'client.crt'),
    keyFile: join(pki, 'hosts', 'client.key'),
    sshKeyFile: join(pki, 'ssh', 'id_ed25519'),
    knownHostsFile: join(pki, 'ssh', 'known_hosts'),
    /** named as libvirt's own clients want it: ?pkipath=… */
    pkiPath: join(pki, 'libvirt'),
  };
}

function write(path: string, lines: readonly string[], mode = 0o644): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`, { mode });
}

/** Writes a host's configuration, certificates and identity. Returns its lines for known_hosts. */
export async function writeHostFiles(
  dir: string,
  host: HostPlan,
  all: readonly HostPlan[],
  access: HostAccess,
): Promise<string> {
  const at = (...path: string[]) => join(dir, ...path);
  for (const path of ['run', 'srv', 'var/lib/libvirt', 'var/log/libvirt/qemu', 'var/cache/libvirt']) {
    mkdirSync(at(path), { recursive: true });
  }
  // without name resolution a migration between hosts does not find its way back
  const names = all.map((other) => `${other.address} ${other.name}`);
  write(at('etc/hosts'), ['127.0.0.1 localhost', '::1 localhost ip6-localhost', ...names]);
  write(at('etc/machine-id'), [host.uuid.replaceAll('-', '')]);
  write(at('etc/shadow'), ['root:*:19000:0:99999:7:::'], 0o640);
  await writeServerCertificate(at('etc/libvirt/pki'), host, access);
  write(at('etc/libvirt/libvirtd.conf'), [...daemonConf(host, 'libvirtd'), ...networkConf(host)]);
  if (host.split) {
    write(at('etc/libvirt/virtproxyd.conf'), [...daemonConf(host, 'virtproxyd'), ...networkConf(host)]);
    for (const daemon of ['virtqemud', 'virtnetworkd', 'virtstoraged']) {
      write(at(`etc/libvirt/${daemon}.conf`), daemonConf(host, daemon));
    }
    // as distributions with split daemons build it in: a daemon asks the others, never the proxy
    write(at('etc/libvirt/libvirt.conf'), ['remote_mode = "direct"', 'uri_default = "qemu:///system"']);
  }
  write(at('etc/libvirt/qemu.conf'), qemuConf(host));
  const filters = '/etc/libvirt/nwfilter';
  if (existsSync(filters)) cpSync(filters, at('etc/libvirt/nwfilter'), { recursive: true });
  return await writeSsh(at('etc/ssh'), host, access.sshKeyFile);
}

/** The files have the names that QEMU looks for, too, in default_tls_x509_cert_dir. Hosts for numbers have none. */
async function writeServerCertificate(dir: string, host: HostPlan, access: HostAccess): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (host.kind === 'test') return;
  const issued = await access.hostAuthority.issue({
    name: host.name,
    commonName: host.name,
    usage: 'both',
    alternativeNames: [`IP:${host.address}`, `DNS:${host.name}`],
  });
  const copies: [string, string][] = [
    [access.hostAuthority.certFile, 'ca-cert.pem'],
    [issued.certFile, 'server-cert.pem'],
    [issued.keyFile, 'server-key.pem'],
    [issued.certFile, 'client-cert.pem'],
    [issued.keyFile, 'client-key.pem'],
  ];
  for (const [from, to] of copies) cpSync(from, join(dir, to));
}

/** What every daemon is told; the host's identity most of all. */
function daemonConf(host: HostPlan, daemon: string): string[] {
  return [
    'auth_unix_rw = "none"',
    'unix_sock_group = "root"',
    `host_uuid = "${host.uuid}"`,
    'max_clients = 200',
    'max_anonymous_clients = 50',
    'max_client_requests = 20',
    `log_outputs = "3:file:/var/log/libvirt/${daemon}.log"`,
  ];
}

/** For the one that listens to the network. */
function networkConf(host: HostPlan): string[] {
  return [
    `listen_addr = "${host.address}"`,
    'listen_tcp = 1',
    // no password: this listener is on the rig's own network only
    'auth_tcp = "none"',
    `listen_tls = ${host.kind === 'test' ? 0 : 1}`,
    'auth_tls = "none"',
    'ca_file = "/etc/libvirt/pki/ca-cert.pem"',
    'cert_file = "/etc/libvirt/pki/server-cert.pem"',
    'key_file = "/etc/libvirt/pki/server-key.pem"',
  ];
}

function qemuConf(host: HostPlan): string[] {
  return [
    'user = "root"',
    'group = "root"',
    'dynamic_ownership = 0',
    'remember_owner = 0',
    'security_driver = "none"',
    'namespaces = []',
    'cgroup_controllers = []',
    'stdio_handler = "file"',
    'swtpm_user = "root"',
    'swtpm_group = "root"',
    'default_tls_x509_cert_dir = "/etc/libvirt/pki"',
    'default_tls_x509_verify = 1',
    `migration_address = "${host.address}"`,
    `migration_host = "${host.address}"`,
  ];
}

async function writeSsh(dir: string, host: HostPlan, clientKeyFile: string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  if (host.kind === 'test') return '';
  const hostKey = join(dir, 'ssh_host_ed25519_key');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', host.name, '-f', hostKey]);
  cpSync(`${clientKeyFile}.pub`, join(dir, 'authorized_keys'));
  write(join(dir, 'sshd_config'), [
    `ListenAddress ${host.address}`,
    'HostKey /etc/ssh/ssh_host_ed25519_key',
    'AuthorizedKeysFile /etc/ssh/authorized_keys',
    'PidFile /run/sshd.pid',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'UseDNS no',
    // the checkout that these files lie in may be writable by a group
    'StrictModes no',
    'PrintMotd no',
    // both are needed to reach libvirtd's socket through the connection
    'AllowStreamLocalForwarding yes',
    'AllowTcpForwarding yes',
    'MaxStartups 100',
    'MaxSessions 100',
  ]);
  const [type, key] = readFileSync(`${hostKey}.pub`, 'utf8').trim().split(' ');
  return `${host.address},${host.name} ${type} ${key}`;
}
