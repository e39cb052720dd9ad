/** Of all crash points, those between which most is half done; `machine.chaos.ts` walks through all of them. */
import { fault } from '../fault.ts';
import { aloneInTheWorld } from '../support/alone.ts';
import { tell, walk } from '../support/roads.ts';
import { machineRoads } from './machine-roads.ts';

const operator = aloneInTheWorld();

fault('crash points', 'the operator is killed at chosen points while a machine is made and removed', async (story) => {
  const roads = machineRoads.filter(({ name }) => name === 'create' || name === 'remove');
  const chosen = [
    'libvirt:volume.create#1',
    'libvirt:domain.stamp#1',
    'libvirt:volume.delete#1',
    'libvirt:domain.undefine#1',
  ];
  story.note(tell(await walk(operator, roads, chosen)));
});
