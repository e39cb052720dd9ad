/** Of all crash points of a move, those between which most is half done; `migrations.chaos.ts` walks through all of them. */
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { tell, walk } from '../support/roads.ts';
import { migrationRoads, prepareMovers } from './migration-roads.ts';

const operator = aloneInTheWorld();

fault(
  'crash points',
  'the operator is killed at chosen points while machines are moved',
  async (story) => {
    await prepareMovers();
    const chosen = ['libvirt:domain.migrate#1', 'libvirt:domain.resume#1'];
    story.note(tell(await walk(operator, migrationRoads, chosen)));
  },
  { timeoutMs: 1_800_000 },
);
