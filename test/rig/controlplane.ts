import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority } from './certificates.ts';
import type { Daemons } from './daemons.ts';
import { operatorAccount, operatorNamespace } from './identity.ts';
import { apiGet, writeKubeconfig } from './kubeconfig.ts';
import { controlPlaneBinary } from './paths.ts';
import type { Plan } from './plan.ts';

/** The components' programs. Where one is missing, the rig does without it. */
interface Programs {
  etcd: string[];
  apiServer: string[];
  controllerManager: string[] | null;
  kubectl: string[];
}

/** KUBEBUILDER_ASSETS, the convention of the field, goes before the binary that the rig builds. */
export function findPrograms(assets: string | undefined): Programs {
  if (!assets) {
    const part = (name: string) => [controlPlaneBinary, name];
    return {
      etcd: part('etcd'),
      apiServer: part('kube-apiserver'),
      controllerManager: part('kube-controller-manager'),
      kubectl: part('kubectl'),
    };
  }
  const at = (name: string) => (existsSync(join(assets, name)) ? [join(assets, name)] : null);
  const [etcd, apiServer, kubectl] = [at('etcd'), at('kube-apiserver'), at('kubectl')];
  if (!etcd || !apiServer || !kubectl) {
    throw new Error(`KUBEBUILDER_ASSETS=${assets} lacks etcd, kube-apiserver or kubectl: correct it, or unset it`);
  }
  return { etcd, apiServer, controllerManager: at('kube-controller-manager'), kubectl };
}

/** Controllers that need neither kubelets nor a cloud. */
const controllers = [
  'garbage-collector-controller',
  'namespace-controller',
  'horizontal-pod-autoscaler-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'resourcequota-controller',
  'root-ca-certificate-publisher-controller',
  'clusterrole-aggregation-controller',
];

export function operatorKubeconfig(dir: string): string {
  return join(dir, 'operator.kubeconfig');
}

export async function startControlPlane(dir: string, plan: Plan, daemons: Daemons, assets?: string): Promise<void> {
  const programs = findPrograms(assets);
  const { ports } = plan;
  const pki = join(dir, 'pki', 'kubernetes');
  const authority = await Authority.create(pki, 'virtfleet rig');
  const server = await authority.issue({
    name: 'apiserver',
    commonName: 'kube-apiserver',
    usage: 'both',
    alternativeNames: ['IP:127.0.0.1', 'IP:10.96.0.1', 'DNS:localhost', 'DNS:kubernetes.default.svc'],
  });
  // signs ServiceAccount tokens; any key pair will do
  const accounts = await authority.issue({ name: 'accounts', commonName: 'accounts', usage: 'client' });
  const admin = await authority.issue({
    name: 'admin',
    commonName: 'admin',
    organizations: ['system:masters'],
    usage: 'client',
  });
  const operator = await authority.issue({
    name: 'operator',
    commonName: `system:serviceaccount:${operatorNamespace}:${operatorAccount}`,
    organizations: ['system:serviceaccounts', `system:serviceaccounts:${operatorNamespace}`],
    usage: 'client',
  });
  const url = `https://127.0.0.1:${ports.apiServer}`;
  const adminKubeconfig = join(dir, 'kubeconfig');
  writeKubeconfig(adminKubeconfig, url, authority.certFile, admin);
  writeKubeconfig(operatorKubeconfig(dir), url, authority.certFile, operator);
  writeKubectl(dir, assets);

  const etcdUrl = `http://127.0.0.1:${ports.etcd}`;
  const peerUrl = `http://127.0.0.1:${ports.etcdPeer}`;
  await daemons.startAndWait(
    {
      name: 'etcd',
      argv: [
        ...programs.etcd,
        '--name=rig',
        `--data-dir=${join(dir, 'etcd')}`,
        `--listen-client-urls=${etcdUrl}`,
        `--advertise-client-urls=${etcdUrl}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=rig=${peerUrl}`,
        '--quota-backend-bytes=4294967296',
      ],
    },
    async () => (await fetch(`${etcdUrl}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok,
    30_000,
  );
  await daemons.startAndWait(
    {
      name: 'apiserver',
      argv: [
        ...programs.apiServer,
        `--etcd-servers=${etcdUrl}`,
        '--bind-address=127.0.0.1',
        '--advertise-address=127.0.0.1',
        `--secure-port=${ports.apiServer}`,
        '--service-cluster-ip-range=10.96.0.0/24',
        `--tls-cert-file=${server.certFile}`,
        `--tls-private-key-file=${server.keyFile}`,
        `--client-ca-file=${authority.certFile}`,
        '--authorization-mode=RBAC',
        `--service-account-key-file=${accounts.certFile}`,
        `--service-account-signing-key-file=${accounts.keyFile}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        '--endpoint-reconciler-type=none',
        '--shutdown-delay-duration=0s',
      ],
    },
    async () => (await apiGet(adminKubeconfig, '/readyz', 2_000)) === 'ok',
    60_000,
  );
  if (programs.controllerManager) {
    daemons.start({
      name: 'controller-manager',
      argv: [
        ...programs.controllerManager,
        `--kubeconfig=${adminKubeconfig}`,
        `--controllers=${controllers.join(',')}`,
        `--service-account-private-key-file=${accounts.keyFile}`,
        `--root-ca-file=${authority.certFile}`,
        '--leader-elect=false',
        `--secure-port=${ports.controllerManager}`,
        '--bind-address=127.0.0.1',
      ],
    });
  }
}

/** The rig's own kubectl: a file of that name, so that a shell and scripts find it. */
export function writeKubectl(dir: string, assets?: string): void {
  mkdirSync(join(dir, 'bin'), { recursive: true });
  const words = findPrograms(assets).kubectl.map((word) => `'${word}'`);
  writeFileSync(join(dir, 'bin', 'kubectl'), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
}
