import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { parse } from 'yaml';
import type { Certificate } from './certificates.ts';
import { operatorAccount, operatorNamespace } from './identity.ts';
import type { Kubectl } from './kubectl.ts';

/** Writes a kubeconfig that needs no other file. */
export function writeKubeconfig(file: string, server: string, caFile: string, client: Certificate): void {
  const data = (path: string) => readFileSync(path).toString('base64');
  const user = { 'client-certificate-data': data(client.certFile), 'client-key-data': data(client.keyFile) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'rig', cluster: { server, 'certificate-authority-data': data(caFile) } }],
    users: [{ name: 'rig', user }],
    contexts: [{ name: 'rig', context: { cluster: 'rig', user: 'rig' } }],
    'current-context': 'rig',
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}

/** For a cluster that is not the rig's: a kubeconfig of the operator's ServiceAccount, by a token. */
export async function writeTokenKubeconfig(kubectl: Kubectl, file: string): Promise<void> {
  const account = ['create', 'token', operatorAccount, '--namespace', operatorNamespace, '--duration', '24h'];
  const token = (await kubectl.run(...account)).trim();
  const view = await kubectl.run('config', 'view', '--minify', '--flatten', '--raw', '--output', 'json');
  const config = JSON.parse(view) as { users: { name: string; user: object }[] };
  const users = config.users.map(({ name }) => ({ name, user: { token } }));
  writeFileSync(file, `${JSON.stringify({ ...config, users }, null, 2)}\n`, { mode: 0o600 });
}

interface NamedCluster {
  cluster: { server: string; 'certificate-authority-data': string };
}
interface NamedUser {
  user: { 'client-certificate-data': string; 'client-key-data': string };
}

/** A plain GET with the rig's own kubeconfig; throws with the server's answer when it is not 200. */
export function apiGet(kubeconfigFile: string, path: string, timeoutMs = 5_000): Promise<string> {
  const config = parse(readFileSync(kubeconfigFile, 'utf8')) as { clusters: NamedCluster[]; users: NamedUser[] };
  const cluster = config.clusters[0]?.cluster;
  const user = config.users[0]?.user;
  if (!cluster || !user) throw new Error(`${kubeconfigFile} is no kubeconfig of the rig`);
  const bytes = (text: string) => Buffer.from(text, 'base64');
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, cluster.server), {
      ca: bytes(cluster['certificate-authority-data']),
      cert: bytes(user['client-certificate-data']),
      key: bytes(user['client-key-data']),
      timeout: timeoutMs,
      agent: false,
    });
    call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    call.on('error', reject);
    call.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`GET ${path}: ${response.statusCode} ${body.slice(0, 500)}`));
      });
    });
    call.end();
  });
}
