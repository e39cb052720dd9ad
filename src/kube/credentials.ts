import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { environment } from '#platform/config.ts';
import { VirtfleetError } from '#platform/errors.ts';

/** What a request needs beside its path: the TLS side makes a connection, the headers go with each request. */
export interface Credentials {
  tls: {
    ca?: string | Buffer;
    cert?: string | Buffer;
    key?: string | Buffer;
    servername?: string;
    rejectUnauthorized?: boolean;
  };
  headers: Record<string, string>;
}

export interface Cluster {
  /** https://host:port, with a path when the server is behind one. */
  server: string;
  proxyUrl?: string;
  /** Asked before each request; answers from memory while what it has is fresh. */
  credentials(): Promise<Credentials>;
}

export interface ClusterSource {
  /** A kubeconfig file; several by colon, as kubectl takes them. */
  kubeconfig?: string | undefined;
  context?: string | undefined;
  /** The text of a kubeconfig, in place of a file. */
  text?: string | undefined;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Tokens in files are rotated: a read one is believed for this long. */
const FRESH_MS = 10_000;

/** Finds the cluster: what was named, else the pod's service account, else ~/.kube/config. */
export async function findCluster(source: ClusterSource = {}): Promise<Cluster> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  if (!source.kubeconfig && !source.text && host && port) return inCluster(host, port);
  return fromKubeconfig(source);
}

/** In a pod the library for kubeconfigs is not loaded at all: it costs 90 MB. */
function inCluster(host: string, port: string): Cluster {
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const load = async (): Promise<Credentials> => {
    const [ca, token] = await Promise.all([
      readFile(`${SERVICE_ACCOUNT}/ca.crt`),
      readFile(`${SERVICE_ACCOUNT}/token`, 'utf8'),
    ]);
    return { tls: { ca }, headers: { authorization: `Bearer ${token.trim()}` } };
  };
  return { server, credentials: fresh(load) };
}

async function fromKubeconfig(source: ClusterSource): Promise<Cluster> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  try {
    if (source.text) config.loadFromString(source.text);
    else if (source.kubeconfig && !source.kubeconfig.includes(':')) config.loadFromFile(source.kubeconfig);
    else config.loadFromDefault();
    if (source.context) config.setCurrentContext(source.context);
  } catch (cause) {
    throw badKubeconfig(source, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const cluster = config.getCurrentCluster();
  if (!cluster) throw badKubeconfig(source, `it has no cluster for context "${config.getCurrentContext()}"`);
  if (cluster.proxyUrl?.startsWith('socks'))
    throw badKubeconfig(source, 'a SOCKS proxy is not supported, use an HTTP proxy');
  const load = async (): Promise<Credentials> => {
    const options: RequestOptions & Credentials['tls'] = {};
    await config.applyToHTTPSOptions(options);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = String(value);
    if (options.auth) headers.authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    const tls = { ca, cert, key, servername, rejectUnauthorized };
    return { tls: Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined)), headers };
  };
  const found: Cluster = { server: cluster.server.replace(/\/+$/, ''), credentials: fresh(load) };
  if (cluster.proxyUrl) found.proxyUrl = cluster.proxyUrl;
  return found;
}

function badKubeconfig(source: ClusterSource, detail: string, cause?: unknown): VirtfleetError {
  const file = source.text ? 'given as text' : (source.kubeconfig ?? 'of the default place');
  return new VirtfleetError('InvalidSpec', 'InvalidKubeconfig', `The kubeconfig ${file} cannot be used: ${detail}`, {
    mend: 'Give a kubeconfig that kubectl accepts with --kubeconfig.',
    cause,
  });
}

function fresh(load: () => Promise<Credentials>): () => Promise<Credentials> {
  let loaded: { until: number; value: Promise<Credentials> } | null = null;
  return () => {
    const now = performance.now();
    if (loaded === null || now >= loaded.until) {
      const value = load();
      loaded = { until: now + FRESH_MS, value };
      value.catch(() => {
        loaded = null;
      });
    }
    return loaded.value;
  };
}
