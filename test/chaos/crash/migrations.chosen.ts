/** Of all crash points of a move, the one at which most is half done; `migrations.chaos.ts` walks through all of them. */
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { tell, walk } from '../support/roads.ts';
import { migrationRoads, prepareMovers } from './migration-roads.ts';

const operator = aloneInTheWorld();

fault(
  'crash points',
  'the operator is killed at a chosen point while machines are moved',
  async (story) => {
    await prepareMovers();
    // gone from the source, and not let go at the target
    const chosen = ['libvirt:domain.resume#1'];
    story.note(tell(await walk(operator, migrationRoads, chosen)));
  },
  { timeoutMs: 1_800_000 },
);
