/** No file in our pools without its owner, and none missing that is recorded as Ready. */
import type { StoragePool } from '#api/v1alpha1/index.ts';
import { type Expected, type Facts, label, type Violation } from './facts.ts';
import { groupBy } from './group.ts';

/** A volume that somebody's record names. `host` is null in a shared pool, where the file is the same everywhere. */
interface Recorded {
  owner: string;
  pool: string;
  host: string | null;
  file: string;
  /** The record says that it is there, whole. */
  ready: boolean;
}

export function volumeViolations(facts: Facts, expected: Expected): Violation[] {
  const pools = new Map(facts.pools.map((pool) => [pool.metadata.name, pool]));
  const recorded = [...machineDisks(facts), ...storageVolumes(facts), ...imageCopies(facts), ...tombstones(facts)].map(
    (r) => (isShared(pools.get(r.pool)) ? { ...r, host: null } : r),
  );
  return [...strangers(facts, pools, recorded, expected), ...missing(facts, recorded), ...ownedTwice(recorded)];
}

const isShared = (pool: StoragePool | undefined): boolean => pool?.spec.access === 'Shared';

function machineDisks({ machines }: Facts): Recorded[] {
  return machines.flatMap((machine) =>
    (machine.status?.volumes ?? []).flatMap((v): Recorded[] =>
      (v.role === 'Disk' || v.role === 'Seed') && v.poolName && v.volumeName
        ? [
            {
              owner: `VirtualMachine ${label(machine)}`,
              pool: v.poolName,
              host: machine.status?.host?.name ?? '',
              file: v.volumeName,
              ready: v.phase === 'Ready' && machine.metadata.deletionTimestamp === undefined,
            },
          ]
        : [],
    ),
  );
}

function storageVolumes({ volumes }: Facts): Recorded[] {
  return volumes.flatMap((volume): Recorded[] => {
    const { status, spec, metadata } = volume;
    if (!status?.volumeName) return [];
    return [
      {
        owner: `StorageVolume ${label(volume)}`,
        pool: spec.poolName,
        host: status.host?.name ?? '',
        file: status.volumeName,
        ready: (status.phase === 'Ready' || status.phase === 'Resizing') && metadata.deletionTimestamp === undefined,
      },
    ];
  });
}

function imageCopies({ images }: Facts): Recorded[] {
  return images.flatMap((image) =>
    (image.status?.copies ?? []).flatMap((copy): Recorded[] =>
      copy.poolName && copy.volumeName
        ? [
            {
              owner: `VirtualMachineImage ${label(image)}`,
              pool: copy.poolName,
              host: copy.hostName ?? '',
              file: copy.volumeName,
              ready: copy.phase === 'Ready' && image.metadata.deletionTimestamp === undefined,
            },
          ]
        : [],
    ),
  );
}

function tombstones({ hosts }: Facts): Recorded[] {
  return hosts.flatMap((host) =>
    (host.status?.tombstones ?? []).flatMap((t) =>
      (t.volumes ?? []).map((v) => ({
        owner: `tombstone of ${t.namespace}/${t.name}`,
        pool: v.poolName,
        host: host.metadata.name,
        file: v.volumeName,
        ready: false,
      })),
    ),
  );
}

function strangers(
  facts: Facts,
  pools: Map<string, StoragePool>,
  recorded: Recorded[],
  expected: Expected,
): Violation[] {
  const owned = new Set(recorded.map(keyOf));
  return facts.seen.flatMap((seen) => {
    // A domain that is not ours (or no longer, after deletionPolicy Orphan) owns what it uses.
    const used = new Set((seen.libvirt?.domains ?? []).flatMap((d) => (d.stamp?.fleet === facts.fleet ? [] : d.files)));
    return [...seen.poolFiles].flatMap(([poolName, files]) => {
      const pool = pools.get(poolName);
      const host = isShared(pool) ? null : seen.name;
      return files.flatMap((file): Violation[] => {
        if (file === 'lost+found' || owned.has(keyOf({ pool: poolName, host, file }))) return [];
        if (expected.files?.includes(file) || used.has(`${pool?.spec.targetPath}/${file}`)) return [];
        return [
          {
            rule: 'VolumeWithoutOwner',
            never: false,
            object: `volume ${file}`,
            evidence: `it is in pool ${poolName} on ${seen.name}, and nothing names it`,
          },
        ];
      });
    });
  });
}

function missing(facts: Facts, recorded: Recorded[]): Violation[] {
  return recorded.flatMap(({ owner, pool, host, file, ready }) => {
    if (!ready) return [];
    const where = facts.seen.filter((s) => (host === null || s.name === host) && s.poolFiles.has(pool));
    const lacking = where.filter((s) => !s.poolFiles.get(pool)?.includes(file));
    return lacking.map((s) => ({
      rule: 'VolumeMissing',
      never: false,
      object: owner,
      evidence: `volume ${file} is recorded as ready, but is not in pool ${pool} on ${s.name}`,
    }));
  });
}

function ownedTwice(recorded: Recorded[]): Violation[] {
  return [...groupBy(recorded, keyOf)].flatMap(([, group]) => {
    const owners = new Set(group.map(({ owner }) => owner));
    const [first] = group;
    if (owners.size < 2 || !first) return [];
    return [
      {
        rule: 'VolumeOwnedTwice',
        never: true,
        object: `volume ${first.file}`,
        evidence: `in pool ${first.pool} it belongs to ${[...owners].join(' and to ')}`,
      },
    ];
  });
}

const keyOf = ({ pool, host, file }: Pick<Recorded, 'pool' | 'host' | 'file'>): string =>
  `${host ?? '*'} ${pool} ${file}`;
