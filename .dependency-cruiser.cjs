/**
 * The house and its stairs: imports run downward only.
 *   main → controllers → jobs → hostpool → scheduler, libvirt, kube → api, native, platform
 * Types count, too: what a room knows of is what it depends on.
 */

/** What a room may import from the house, beside itself. */
const below = {
  platform: [],
  api: [],
  libvirt: ['platform', 'api'],
  scheduler: ['platform', 'api'],
  kube: ['platform', 'api'],
  hostpool: ['scheduler', 'libvirt', 'kube', 'api', 'native', 'platform'],
  jobs: ['hostpool', 'scheduler', 'libvirt', 'kube', 'api', 'platform'],
  controllers: ['jobs', 'hostpool', 'scheduler', 'libvirt', 'kube', 'api', 'platform'],
};

const folder = (room) => (room === 'native' ? '^native/' : `^src/${room}/`);
/** Tests may reach for what they need to build their world. */
const tests = '[.]test[.]ts$|/testing/|/testing[.]ts$|/testing-plan[.]ts$';

const stairs = Object.entries(below).map(([room, allowed]) => ({
  name: `${room}-imports-downward`,
  severity: 'error',
  comment: `src/${room} may import ${['itself', ...allowed].join(', ')}`,
  from: { path: folder(room), pathNot: tests },
  to: { path: ['^src/', '^native/'], pathNot: [room, ...allowed].map(folder) },
}));

const onlyIn = (name, where, what, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: ['^src/', '^native/'], pathNot: [where, tests] },
  to: { path: what },
});

module.exports = {
  forbidden: [
    ...stairs,
    {
      name: 'no-controller-imports-another',
      severity: 'error',
      comment: 'controllers speak to each other through the API; what they share is at the root of src/controllers',
      from: { path: '^src/controllers/([^/]+)/', pathNot: tests },
      to: { path: '^src/controllers/[^/]+/', pathNot: '^src/controllers/$1/' },
    },
    {
      name: 'native-stands-alone',
      severity: 'error',
      comment: 'the binding is a package of its own',
      from: { path: '^native/' },
      to: { path: ['^src/', '^test/'] },
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: ['^src/', '^native/'], pathNot: tests },
      to: { path: ['^test/', tests] },
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      comment: 'main is where parts are put together; what others need has a room of its own',
      from: {},
      to: { path: '^src/main[.]ts$' },
    },
    onlyIn(
      'only-jobs-import-bullmq',
      '^src/jobs/bullmq',
      'node_modules/(bullmq|ioredis)/',
      'the queue is behind a port',
    ),
    onlyIn('only-kube-imports-the-client', '^src/kube/', 'node_modules/@kubernetes/', 'Kubernetes is behind src/kube'),
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'an import that nothing answers to',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shipped-code-uses-shipped-packages',
      severity: 'error',
      comment: 'a devDependency is not there in the image',
      from: { path: '^src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^native/build/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.node'],
    },
  },
};
