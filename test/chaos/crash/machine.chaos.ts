/** The operator is killed before each of its effects while a machine is made, changed, stopped, started and removed. */
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { tell, walk } from '../support/roads.ts';
import { machineRoads } from './machine-roads.ts';

const operator = aloneInTheWorld();

fault(
  'crash points',
  'the operator is killed while a machine is made, changed, stopped, started and removed',
  async (story) => story.note(tell(await walk(operator, machineRoads))),
  { timeoutMs: 2_400_000 },
);
