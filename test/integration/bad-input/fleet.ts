/**
 * What the cases stand on that only a fleet can refuse: a namespace with the image `tiny`, the network `lab`
 * (10.77.0.0/24, addresses .50 to .200), the pools `local` and `shared`, and one machine that holds what others want.
 * Words in {} are what only the fleet knows; `filled` puts them in.
 */
import { type ApiObject, aMachine, type BadInput, type RefusedBy, type Secret } from './cases.ts';

export const secret = (name: string, data: Record<string, string | Buffer>): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'default' },
  stringData: Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  ),
  data: Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) =>
      typeof value === 'string' ? [] : [[key, value.toString('base64')]],
    ),
  ),
});

export const heldMac = '02:bd:00:00:00:01';
export const heldAddress = '10.77.0.60';
/** Runs, and has an address, a MAC, a volume and a UUID that are not to be had twice. */
export const holder = aMachine(
  {
    cpu: { cores: 1 },
    memory: { size: '128Mi' },
    disks: [
      { name: 'root', template: { poolName: 'local', imageName: 'tiny' } },
      { name: 'data', volumeName: 'held' },
    ],
    interfaces: [{ name: 'lan', networkName: 'lab', mac: heldMac, ipv4: { address: heldAddress } }],
    terminationGracePeriodSeconds: 0,
  },
  'holder',
);

/** A name for an object out of what is wrong with it. */
export const nameFor = (wrong: string): string =>
  `bad-${wrong
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)}`.replace(/-+$/, '');

type Build = (spec: Record<string, unknown>, name: string) => ApiObject;

/** One case on a fleet, its object named for what is wrong. */
export function onFleet(
  refusedBy: RefusedBy,
  build: Build,
): (wrong: string, spec: Record<string, unknown>, says: readonly string[], more?: Partial<BadInput>) => BadInput {
  return (wrong, spec, says, more = {}) => ({
    wrong,
    refusedBy,
    object: build(spec, nameFor(wrong)),
    says,
    ...more,
  });
}

/** The same object with every {word} replaced. */
export function filled<T>(value: T, words: Readonly<Record<string, string>>): T {
  const text = JSON.stringify(value).replace(/\{([a-z0-9 ]+)\}/g, (_, word: string) => {
    const found = words[word];
    if (found === undefined) throw new Error(`nobody knows what ${word} is`);
    return JSON.stringify(found).slice(1, -1);
  });
  return JSON.parse(text) as T;
}
