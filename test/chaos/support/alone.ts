/** The rig's own operators step aside for those that a test starts, and come back after it. */
import { afterAll, beforeAll } from 'vitest';
import { clearWorld, prepareWorld, rig } from '../../e2e/support/world.ts';
import { operatorName } from '../../rig/operator.ts';
import { Replicas } from './frozen.ts';
import { MortalOperator } from './mortal-operator.ts';

const replicas = (): number[] => {
  const states = rig.daemonStates();
  return [0, 1].filter((replica) => operatorName(replica) in states);
};
export const hasTwoReplicas = (): boolean => replicas().length > 1;

/** For the tests of a file: the rig's operators are stopped, these started, and at the end it is as it was. */
function insteadOfTheRigs(operators: MortalOperator[]): void {
  const running: number[] = [];
  beforeAll(async () => {
    for (const replica of replicas()) {
      if (rig.componentState('operator', replica) !== 'running') continue;
      running.push(replica);
      await rig.component('operator', 'stop', replica);
    }
    for (const operator of operators) await operator.start();
    await prepareWorld();
  });
  afterAll(async () => {
    try {
      for (const operator of operators) {
        operator.disarm();
        if (operator.state === 'frozen') await operator.thaw();
      }
      if (operators[0]?.state === 'stopped') await operators[0].start();
      await clearWorld();
    } finally {
      for (const operator of operators) await operator.stop();
      for (const replica of running) await rig.component('operator', 'start', replica);
      for (const replica of running) await rig.operatorReady(60_000, replica);
    }
  });
}

/** One operator without a Lease, in a world that is ready. */
export function aloneInTheWorld(): MortalOperator {
  const operator = new MortalOperator(rig, { alone: true });
  insteadOfTheRigs([operator]);
  return operator;
}

/** Two of them with a short Lease; the first one leads. */
export function twoReplicas(): Replicas {
  const [first, second] = [0, 1].map((replica) => new MortalOperator(rig, { replica, alone: false })) as [
    MortalOperator,
    MortalOperator,
  ];
  insteadOfTheRigs([first, second]);
  return new Replicas(first, second);
}
