/**
 * A control plane of one test: etcd and kube-apiserver on free loopback ports, ready in a few seconds, and gone with
 * the test whatever happens to it. Where its programs come from: KUBEBUILDER_ASSETS (a folder with etcd, kube-apiserver
 * and kubectl), else `.rig/bin/controlplane`, which `make` builds.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export interface Answer<T = unknown> {
  status: number;
  body: T;
}

/** The API server's Status object, as far as tests look at it. */
export interface StatusBody {
  kind?: string;
  reason?: string;
  message?: string;
}

export interface RequestOptions {
  body?: unknown;
  /** Default application/json. */
  contentType?: string;
}

export interface TestApiServer {
  readonly url: string;
  /** Path of an administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** Scratch folder of this control plane, with its logs; removed by stop. */
  readonly dir: string;
  /** One request as administrator; never throws for a status code. */
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<Answer<T>>;
  /** Runs kubectl; rejects when it fails, with what it printed. */
  kubectl(args: string[], stdin?: string): Promise<string>;
  /** Stops kube-apiserver and starts it anew on the same port, with the same data. */
  restart(): Promise<void>;
  /** Kills kube-apiserver alone. */
  kill(): Promise<void>;
  /** Starts it again after kill. */
  revive(): Promise<void>;
  /** Ends everything and removes the folder. May be called twice. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ApiServerOptions {
  /** More flags for kube-apiserver. */
  flags?: string[];
}

const START_DEADLINE_MS = 60_000;

export async function startApiServer(options: ApiServerOptions = {}): Promise<TestApiServer> {
  const dir = mkdtempSync(join(tmpdir(), 'virtfleet-api-'));
  const server = new Server(dir, await freePorts(3), options.flags ?? []);
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

class Server implements TestApiServer {
  readonly dir: string;
  readonly url: string;
  readonly kubeconfig: string;
  readonly #ports: readonly number[];
  readonly #flags: readonly string[];
  #etcd: ChildProcess | null = null;
  #api: ChildProcess | null = null;
  #agent: Agent | null = null;
  readonly #onExit = (): void => {
    this.#etcd?.kill('SIGKILL');
    this.#api?.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  };

  constructor(dir: string, ports: readonly number[], flags: readonly string[]) {
    this.dir = dir;
    this.#ports = ports;
    this.#flags = flags;
    this.url = `https://127.0.0.1:${ports[0]}`;
    this.kubeconfig = join(dir, 'kubeconfig');
    process.once('exit', this.#onExit);
  }

  async start(): Promise<void> {
    const [, client, peer] = this.#ports;
    await Promise.all([makeCertificates(this.dir), this.#startEtcd(client, peer)]);
    writeFileSync(this.kubeconfig, kubeconfig(this.url, this.dir));
    this.#agent = new Agent({
      keepAlive: true,
      ca: readFileSync(join(this.dir, 'ca.crt')),
      cert: readFileSync(join(this.dir, 'admin.crt')),
      key: readFileSync(join(this.dir, 'admin.key')),
    });
    await this.revive();
  }

  async #startEtcd(client: number | undefined, peer: number | undefined): Promise<void> {
    const clientUrl = `http://127.0.0.1:${client}`;
    const peerUrl = `http://127.0.0.1:${peer}`;
    this.#etcd = this.#spawn('etcd', [
      '--name=test',
      `--data-dir=${join(this.dir, 'etcd')}`,
      `--listen-client-urls=${clientUrl}`,
      `--advertise-client-urls=${clientUrl}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=test=${peerUrl}`,
      '--unsafe-no-fsync',
    ]);
  }

  async revive(): Promise<void> {
    const [port, client] = this.#ports;
    const file = (name: string): string => join(this.dir, name);
    this.#api = this.#spawn('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${client}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      '--service-cluster-ip-range=10.96.0.0/24',
      `--tls-cert-file=${file('api.crt')}`,
      `--tls-private-key-file=${file('api.key')}`,
      `--client-ca-file=${file('ca.crt')}`,
      '--authorization-mode=RBAC',
      `--service-account-key-file=${file('sa.key')}`,
      `--service-account-signing-key-file=${file('sa.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      // There is no controller manager that would make the account.
      '--disable-admission-plugins=ServiceAccount',
      ...this.#flags,
    ]);
    await this.#untilReady(this.#api);
  }

  /** The child dies with us even when we are killed: a test must not leave a control plane behind. */
  #spawn(program: 'etcd' | 'kube-apiserver', args: string[]): ChildProcess {
    const [command, ...first] = commandFor(program);
    const log = openSync(join(this.dir, `${program}.log`), 'a');
    return spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...first, ...args], {
      cwd: this.dir,
      stdio: ['ignore', log, log],
    });
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + START_DEADLINE_MS;
    for (;;) {
      const dead = [child, this.#etcd].find((one) => one && (one.exitCode !== null || one.signalCode !== null));
      if (dead) throw new Error(`the control plane ended while it was starting:\n${this.#lastLog()}`);
      const answer = await this.request('GET', '/readyz').catch(() => null);
      if (answer?.status === 200) return;
      if (performance.now() > deadline) throw new Error(`the control plane is not ready in time:\n${this.#lastLog()}`);
      await pause(50);
    }
  }

  #lastLog(): string {
    return ['etcd', 'kube-apiserver']
      .map((name) => join(this.dir, `${name}.log`))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n'))
      .join('\n');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.revive();
  }

  async kill(): Promise<void> {
    await end(this.#api);
    this.#api = null;
  }

  async stop(): Promise<void> {
    this.#agent?.destroy();
    await Promise.all([end(this.#api), end(this.#etcd)]);
    process.removeListener('exit', this.#onExit);
    rmSync(this.dir, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  request<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const payload = options.body === undefined ? undefined : JSON.stringify(options.body);
    const headers = payload === undefined ? {} : { 'content-type': options.contentType ?? 'application/json' };
    return new Promise((resolve, reject) => {
      const req = httpsRequest(`${this.url}${path}`, { method, headers, agent: this.#agent ?? undefined }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: res.statusCode ?? 0, body: parse(text) as T });
        });
      });
      req.on('error', reject);
      req.end(payload);
    });
  }

  async kubectl(args: string[], stdin?: string): Promise<string> {
    const [command, ...first] = commandFor('kubectl');
    const child = run(command, [...first, '--kubeconfig', this.kubeconfig, ...args], {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, HOME: this.dir },
    });
    child.child.stdin?.end(stdin ?? '');
    return (await child).stdout;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function commandFor(program: 'etcd' | 'kube-apiserver' | 'kubectl'): [string, ...string[]] {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) return [join(assets, program)];
  const binary = join(root, '.rig', 'bin', 'controlplane');
  if (!existsSync(binary)) {
    throw new Error(
      'there is no control plane: run make, which builds .rig/bin/controlplane, or set KUBEBUILDER_ASSETS',
    );
  }
  return [binary, program];
}

/** Kills and waits for the end, so that the port is free and nothing writes any more. */
async function end(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** A CA, the server's certificate, an administrator's, and the key of service accounts. */
async function makeCertificates(dir: string): Promise<void> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: dir });
  const key = (name: string) => openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`);
  await Promise.all(['ca', 'api', 'admin', 'sa'].map(key));
  await openssl('req', '-x509', '-new', '-key', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=test-ca', '-days', '2');
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc,IP:10.96.0.1';
  const sign = async (name: string, subject: string, extension: string): Promise<void> => {
    writeFileSync(join(dir, `${name}.ext`), extension);
    await openssl('req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const serial = name === 'api' ? '1' : '2';
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', serial],
      ...['-out', `${name}.crt`, '-days', '2', '-extfile', `${name}.ext`],
    );
  };
  await Promise.all([
    sign('api', '/CN=kube-apiserver', names),
    sign('admin', '/O=system:masters/CN=admin', 'extendedKeyUsage=clientAuth'),
  ]);
}

const kubeconfig = (url: string, dir: string): string => `apiVersion: v1
kind: Config
clusters:
- {name: test, cluster: {server: "${url}", certificate-authority: "${dir}/ca.crt"}}
users:
- {name: admin, user: {client-certificate: "${dir}/admin.crt", client-key: "${dir}/admin.key"}}
contexts:
- {name: test, context: {cluster: test, user: admin}}
current-context: test
`;
