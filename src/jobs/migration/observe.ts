import { domainJob, movePower } from '#hostpool/ensure.ts';
import type { HostPool } from '#hostpool/pool.ts';
import type { DomainRecord, Host } from '#hostpool/types.ts';
import { errorClassOf, toMessage } from '#platform/errors.ts';
import type { Move, Place } from './move.ts';
import type { Side } from './plan.ts';

/** A source that still changes is looked at again later: nothing is judged by halves. */
const MOST_LOOKS = 5;

export interface Sides {
  source: Side;
  target: Side;
}

/** The host, when what it says can be believed. */
export function hostInSight(hosts: HostPool, { name, uid }: Place): Host | { why: string } {
  const host = hosts.get(name);
  if (host === undefined) return { why: `Host ${name} is not known (any more).` };
  if (uid !== undefined && host.uid !== uid)
    return { why: `Host ${name} is not the one that was chosen: it was made anew.` };
  if (host.inSight) return host;
  const why = host.lastError === null ? '' : `: ${host.lastError.message}`;
  return { why: `Host ${name} is out of sight${why}` };
}

/**
 * Both hosts, each looked at anew. The source is read again behind the target: a machine that moved in between would else
 * be seen twice, or nowhere.
 */
export async function observeSides(hosts: HostPool, fleetId: string, move: Move): Promise<Sides> {
  const look = (place: Place, at: 'source' | 'target'): Promise<Side> => lookAt(hosts, fleetId, move, place, at);
  let source = await look(move.source, 'source');
  for (let tries = 0; tries < MOST_LOOKS; tries += 1) {
    const target = await look(move.target, 'target');
    const again = await look(move.source, 'source');
    if (JSON.stringify(again) === JSON.stringify(source)) return { source, target };
    source = again;
  }
  const why = `Host ${move.source.name} says something else at each look.`;
  return { source: { kind: 'OutOfSight', why }, target: { kind: 'OutOfSight', why } };
}

async function lookAt(
  hosts: HostPool,
  fleetId: string,
  { uuid, namespace, name, incarnation }: Move,
  place: Place,
  at: 'source' | 'target',
): Promise<Side> {
  const host = hostInSight(hosts, place);
  if ('why' in host) return { kind: 'OutOfSight', why: host.why };
  try {
    const record = await host.refreshDomain(uuid);
    // A source that has a job is judged by that; at the target libvirt does not tell of what comes in.
    const hasJob = record !== null && at === 'source' && (await isMovedAway(host, record));
    if (!host.inSight) return { kind: 'OutOfSight', why: `Host ${place.name} went out of sight.` };
    if (record === null) return { kind: 'Absent' };
    const { stamp } = record;
    const isOurs = stamp?.fleet === fleetId && stamp.namespace === namespace && stamp.name === name;
    if (!isOurs) return { kind: 'Foreign', name: record.name, incarnation: null };
    // What comes with this move has its incarnation. An older definition is not the machine, and stands in its way.
    if (at === 'target' && stamp.incarnation !== incarnation) {
      return { kind: 'Foreign', name: record.name, incarnation: stamp.incarnation };
    }
    const isFinished = stamp.incarnation === incarnation && stamp.definedHash !== undefined && record.persistent;
    return { kind: 'Present', power: movePower(record), hasJob, isFinished };
  } catch (error) {
    const kind = errorClassOf(error);
    if (kind !== 'Transient' && kind !== 'OutcomeUnknown' && kind !== 'Denied') throw error;
    return { kind: 'OutOfSight', why: toMessage(error) };
  }
}

async function isMovedAway(host: Host, record: DomainRecord): Promise<boolean> {
  if (movePower(record) === 'Off') return false;
  return (await domainJob(host, record.uuid))?.kind === 'MigrationOut';
}
