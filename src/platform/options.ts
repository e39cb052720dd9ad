/**
 * One table of settings: the flag, its environment variable, its default and its meaning. The help text and the
 * reference page are made from it, so there is no setting that is not documented.
 */
export interface OptionSpec {
  /** Flag without dashes. */
  flag: string;
  env: string;
  /** Shown as the default, and parsed like a given value. Empty: not set. */
  default: string;
  /** How the value is read. */
  type: 'string' | 'integer' | 'duration' | 'boolean' | 'list' | 'address' | 'size';
  /** A sentence for the user. */
  doc: string;
}

export const optionSpecs = {
  roles: {
    flag: 'roles',
    env: 'VIRTFLEET_ROLES',
    default: 'controllers,workers,gateway',
    type: 'list',
    doc: 'What this process does, by comma: controllers (one leader decides), workers (long jobs), autoscaler, gateway.',
  },
  namespace: {
    flag: 'namespace',
    env: 'VIRTFLEET_NAMESPACE',
    default: 'virtfleet-system',
    type: 'string',
    doc: 'Namespace of the operator itself: its Lease, and the Secrets of hosts.',
  },
  watchNamespaces: {
    flag: 'watch-namespaces',
    env: 'VIRTFLEET_WATCH_NAMESPACES',
    default: '',
    type: 'list',
    doc: 'Namespaces whose objects are looked after, by comma. Empty: all.',
  },
  kubeconfig: {
    flag: 'kubeconfig',
    env: 'KUBECONFIG',
    default: '',
    type: 'string',
    doc: 'Kubeconfig file. Empty: the service account of the pod, else ~/.kube/config.',
  },
  kubeContext: {
    flag: 'context',
    env: 'VIRTFLEET_KUBE_CONTEXT',
    default: '',
    type: 'string',
    doc: 'Context in the kubeconfig. Empty: the current one.',
  },
  redisUrl: {
    flag: 'redis-url',
    env: 'VIRTFLEET_REDIS_URL',
    default: '',
    type: 'string',
    doc: 'redis:// or rediss:// of Redis or Valkey (AOF, noeviction), for long jobs. Empty: none, long jobs wait and say so.',
  },
  redisPrefix: {
    flag: 'redis-prefix',
    env: 'VIRTFLEET_REDIS_PREFIX',
    default: 'virtfleet',
    type: 'string',
    doc: 'Prefix of all keys in Redis, so that two fleets may share a server.',
  },
  listen: {
    flag: 'listen',
    env: 'VIRTFLEET_LISTEN',
    default: '0.0.0.0:8080',
    type: 'address',
    doc: 'Address of /healthz, /readyz and /metrics.',
  },
  gatewayListen: {
    flag: 'gateway-listen',
    env: 'VIRTFLEET_GATEWAY_LISTEN',
    default: '0.0.0.0:8443',
    type: 'address',
    doc: 'Address of the gateway: consoles, dashboard, uploads.',
  },
  autoscalerListen: {
    flag: 'autoscaler-listen',
    env: 'VIRTFLEET_AUTOSCALER_LISTEN',
    default: '0.0.0.0:8086',
    type: 'address',
    doc: "Address of the Cluster Autoscaler's external gRPC provider.",
  },
  fleetId: {
    flag: 'fleet-id',
    env: 'VIRTFLEET_FLEET_ID',
    default: '',
    type: 'string',
    doc: 'Identity of the fleet in stamps and claims. Empty: the uid of the kube-system namespace. Never change it on a living fleet.',
  },
  scratchDir: {
    flag: 'scratch-dir',
    env: 'VIRTFLEET_SCRATCH_DIR',
    default: '/tmp/virtfleet',
    type: 'string',
    doc: 'Private directory for sockets of tunnels, client certificates and parts of images; emptied of the own leavings at start.',
  },
  imageSources: {
    flag: 'image-sources',
    env: 'VIRTFLEET_IMAGE_SOURCES',
    default: 'public',
    type: 'list',
    doc: 'Where images may be fetched from, by comma: public (addresses of the internet), address ranges, host names.',
  },
  imageMaxSize: {
    flag: 'image-max-size',
    env: 'VIRTFLEET_IMAGE_MAX_SIZE',
    default: '2Ti',
    type: 'size',
    doc: 'Largest size of an image that a guest may see.',
  },
  scratchLimit: {
    flag: 'scratch-limit',
    env: 'VIRTFLEET_SCRATCH_LIMIT',
    default: '50Gi',
    type: 'size',
    doc: 'Room that images may take in the scratch directory while they are fetched and checked.',
  },
  workerCount: {
    flag: 'worker-count',
    env: 'VIRTFLEET_WORKER_COUNT',
    default: '8',
    type: 'integer',
    doc: 'Image fetches that this process runs at once.',
  },
  reconcileConcurrency: {
    flag: 'reconcile-concurrency',
    env: 'VIRTFLEET_RECONCILE_CONCURRENCY',
    default: '16',
    type: 'integer',
    doc: 'Objects of one kind that are reconciled at once.',
  },
  migrationsAtOnce: {
    flag: 'migrations-at-once',
    env: 'VIRTFLEET_MIGRATIONS_AT_ONCE',
    default: '10',
    type: 'integer',
    doc: "Machines that move at once in the whole fleet; what a host allows is its spec.migration's.",
  },
  placementStrategy: {
    flag: 'placement-strategy',
    env: 'VIRTFLEET_PLACEMENT_STRATEGY',
    default: 'Spread',
    type: 'string',
    doc: 'Where machines go that do not say so themselves: Spread (the emptiest host that fits) or Pack (the fullest).',
  },
  placementWeights: {
    flag: 'placement-weights',
    env: 'VIRTFLEET_PLACEMENT_WEIGHTS',
    default: '',
    type: 'list',
    doc: 'Weights of scorers that differ from their defaults, by comma: ImageThere=30,Moving=0. See docs/scheduling.md.',
  },
  identity: {
    flag: 'identity',
    env: 'VIRTFLEET_IDENTITY',
    default: '',
    type: 'string',
    doc: 'Name of this process in the Lease. Empty: host name and a random part.',
  },
  leaderElection: {
    flag: 'leader-election',
    env: 'VIRTFLEET_LEADER_ELECTION',
    default: 'true',
    type: 'boolean',
    doc: 'Decide only while holding the Lease. Switch off only where no second process can exist.',
  },
  leaseName: {
    flag: 'lease-name',
    env: 'VIRTFLEET_LEASE_NAME',
    default: 'virtfleet-controllers',
    type: 'string',
    doc: 'Name of the Lease.',
  },
  leaseDurationMs: {
    flag: 'lease-duration',
    env: 'VIRTFLEET_LEASE_DURATION',
    default: '15s',
    type: 'duration',
    doc: 'How long a silent leader is waited for.',
  },
  leaseRenewDeadlineMs: {
    flag: 'lease-renew-deadline',
    env: 'VIRTFLEET_LEASE_RENEW_DEADLINE',
    default: '10s',
    type: 'duration',
    doc: 'The right to act ends this long after the last renewal; shorter than the lease duration.',
  },
  leaseRetryPeriodMs: {
    flag: 'lease-retry-period',
    env: 'VIRTFLEET_LEASE_RETRY_PERIOD',
    default: '2s',
    type: 'duration',
    doc: 'Time between two renewals, or two attempts to become leader.',
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof optionSpecs;
