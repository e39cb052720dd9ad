/** Properties are tried with the values of one seed: `make test` always takes the same, every other run a new one. */
import fc from 'fast-check';
import { seedOfRun } from './chaos/support/random.ts';

fc.configureGlobal({ seed: seedOfRun() });
