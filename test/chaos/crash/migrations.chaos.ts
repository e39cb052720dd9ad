/** The operator is killed before each of its effects while machines are moved to other hosts. */
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { tell, walk } from '../support/roads.ts';
import { migrationRoads, prepareMovers } from './migration-roads.ts';

const operator = aloneInTheWorld();

fault(
  'crash points',
  'the operator is killed while machines are moved live, with their disks, and while they are off',
  async (story) => {
    await prepareMovers();
    story.note(tell(await walk(operator, migrationRoads)));
  },
  { timeoutMs: 7_200_000 },
);
