/** The end of a machine: stop, volumes, reservations, definition, finalizer. Nothing that cannot be seen counts as gone. */
import { list, type Observation, type Step, stallOf, wait } from './plan.ts';
import { planMove } from './plan-migration.ts';
import { planStop } from './plan-power.ts';

export function planDeletion(o: Observation): Step {
  if (!o.hasFinalizer) return { do: 'Settle' };
  switch (o.located.kind) {
    case 'SplitBrain':
    case 'StaleCopy':
      return stallOf(o.located);
    // What is there is another machine's: ours has nothing on any host. Or it was ours, and its stamp went a moment ago,
    // as Orphan wants it.
    case 'UuidInUse':
      // Stamped for another machine: this object was restored with that one's status, and nothing it records is its own.
      if (o.located.sighting.stamp !== null) return { do: 'RemoveFinalizer' };
      return o.decided && o.deletionPolicy !== 'Orphan' ? stallOf(o.located) : { do: 'RemoveFinalizer' };
    case 'IdentityConflict':
      return o.decided && o.deletionPolicy !== 'Orphan' ? stallOf(o.located) : { do: 'RemoveFinalizer' };
    case 'New':
      return { do: 'RemoveFinalizer' };
    case 'Believe':
      return { do: 'Believe' };
    case 'Hidden':
      // Nothing was made for this object; what may be there has the UUID that it names, and is not its own to remove.
      if (o.located.own.length === 0) return { do: 'RemoveFinalizer' };
      return wait(
        'HostUnreachable',
        `${list(o.located.own)} cannot be asked whether this machine is there; it goes when they answer`,
      );
    // Two hosts may have it: the end of the move is waited for, and its migration is ended for this.
    case 'Migrating':
      return o.abandoned && o.located.hidden.length > 0 ? { do: 'Bury' } : planMove(o, o.located);
    case 'HostOutOfSight':
      return o.abandoned ? { do: 'Bury' } : waitForHost(o.located.host);
    case 'Absent':
      return eraseAbsent(o, o.located.hiddenHosts);
    case 'Present':
      return erasePresent(o);
  }
}

function waitForHost(host: string): Step {
  return wait(
    'HostUnreachable',
    `host ${host} cannot be reached: its domain and disks are removed when it is back; to let go of it now, annotate virtfleet.io/abandon with status.incarnation`,
  );
}

function eraseAbsent(o: Observation, hiddenHosts: string[]): Step {
  if (o.wasDefined && hiddenHosts.length > 0) {
    return wait(
      'LookingElsewhere',
      `its definition is not on its host, and ${list(hiddenHosts)} cannot be asked; it goes when they answer`,
    );
  }
  return o.deletionPolicy === 'Orphan' ? { do: 'RemoveFinalizer' } : { do: 'Erase' };
}

function erasePresent(o: Observation): Step {
  if (o.deletionPolicy === 'Orphan') return { do: 'Orphan' };
  return o.domain?.active ? planStop(o, 'Deleted', o.gracePeriodMs, false) : { do: 'Erase' };
}
