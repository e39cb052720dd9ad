import { rigFromEnv } from '../../rig/client.ts';
import { StorageOperator } from './operator.ts';

/** The storage parts of the operator in a process of their own, that may be killed at any of its effects. */
const [namespace = ''] = process.argv.slice(2);
const operator = await StorageOperator.start(rigFromEnv(), namespace);
process.send?.('started');
process.once('SIGTERM', () => {
  operator[Symbol.asyncDispose]().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
