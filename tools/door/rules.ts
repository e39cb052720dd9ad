/**
 * Who may reach the outside. Everything that changes something goes through `effect()` in src/platform/effect.ts; the
 * modules named here are those that stand behind it. Whoever else needs one of these things asks the module that has it.
 */
export interface ModuleRule {
  /** Import specifiers that it is about. */
  modules: readonly string[];
  /** Path prefixes, from the project's root, that may import anything of them. */
  allowedIn: readonly string[];
  /** Names that anybody may import, because they change nothing. None: no value import at all. */
  harmless?: readonly string[];
  /** Names out of `harmless` that open for reading, and are harmless only without flags or with 'r'. */
  readingOnly?: readonly string[];
  why: string;
}

export const moduleRules: readonly ModuleRule[] = [
  {
    modules: ['fs', 'node:fs', 'fs/promises', 'node:fs/promises'],
    // generate.ts is a tool of the build; crash-points.ts writes the log of crash points, which no effect may number.
    allowedIn: ['src/platform/files.ts', 'src/platform/crash-points.ts', 'src/api/generate.ts'],
    harmless: [
      'access',
      'constants',
      'createReadStream',
      'existsSync',
      'lstat',
      'open',
      'readdir',
      'readdirSync',
      'readFile',
      'readFileSync',
      'readlink',
      'realpath',
      'stat',
      'statSync',
      'watch',
    ],
    readingOnly: ['open', 'createReadStream'],
    why: 'files are written by src/platform/files.ts',
  },
  {
    modules: ['ioredis', 'bullmq'],
    allowedIn: ['src/jobs/bullmq/'],
    why: 'the queue is behind the port of src/jobs',
  },
  {
    modules: ['undici'],
    allowedIn: ['src/kube/transport.ts', 'src/jobs/image-fetch/'],
    why: 'requests go through src/kube/client.ts; only images are fetched beside it',
  },
  {
    modules: ['@kubernetes/client-node'],
    allowedIn: ['src/kube/credentials.ts'],
    why: 'Kubernetes is behind src/kube',
  },
  {
    modules: ['@virtfleet/libvirt'],
    allowedIn: ['src/hostpool/', 'src/main.ts'],
    why: 'libvirt is called through a host of src/hostpool; others take its types only',
  },
  {
    modules: ['child_process', 'node:child_process'],
    allowedIn: ['src/jobs/image-fetch/'],
    why: 'the operator runs no programs; only images are inspected by one',
  },
];

/** The only readers of the environment. */
export const environmentAllowedIn: readonly string[] = ['src/platform/config.ts'];

/** `fetch` is a door nobody keeps. */
export const fetchAllowedIn: readonly string[] = [];

/** What is held to the rules: the sources, but for what is only there for tests. */
export function isHeld(path: string): boolean {
  return path.startsWith('src/') && !/[.]test[.]ts$|\/testing\/|\/testing[.]ts$/.test(path);
}

export function isAllowed(path: string, allowedIn: readonly string[]): boolean {
  return allowedIn.some((allowed) => (allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed));
}
