/** The rig's own operators step aside for those that a test starts, and come back after it. */
import { afterAll, beforeAll } from 'vitest';
import { clearWorld, prepareWorld, rig } from '../../e2e/support/world.ts';
import { operatorName } from '../../rig/operator.ts';
import { MortalOperator } from './mortal-operator.ts';

const replicas = (): number[] => {
  const states = rig.daemonStates();
  return [0, 1].filter((replica) => operatorName(replica) in states);
};

/** One operator without a Lease, in a world that is ready. */
export function aloneInTheWorld(): { operator(): MortalOperator } {
  let operator: MortalOperator | undefined;
  const running: number[] = [];
  const current = (): MortalOperator => {
    if (!operator) throw new Error('the operator is not there before the tests have begun');
    return operator;
  };
  beforeAll(async () => {
    for (const replica of replicas()) {
      if (rig.componentState('operator', replica) !== 'running') continue;
      running.push(replica);
      await rig.component('operator', 'stop', replica);
    }
    operator = new MortalOperator(rig, { alone: true });
    await operator.start();
    await prepareWorld();
  });
  afterAll(async () => {
    try {
      if (operator?.state === 'stopped') await operator.start();
      await clearWorld();
    } finally {
      await operator?.stop();
      for (const replica of running) await rig.component('operator', 'start', replica);
      for (const replica of running) await rig.operatorReady(60_000, replica);
    }
  });
  return { operator: current };
}
