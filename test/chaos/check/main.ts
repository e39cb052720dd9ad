/** `node test/chaos/check/main.ts [--name rig] [--settle seconds] [-o json]`: exit code 1 when an invariant is broken. */
import { parseArgs } from 'node:util';
import { RigClient } from '../../rig/client.ts';
import { check, formatViolations } from './index.ts';

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: process.env.VIRTFLEET_RIG || 'rig' },
    settle: { type: 'string', default: '10' },
    output: { type: 'string', short: 'o' },
  },
});
const violations = await check(new RigClient(values.name), { timeoutMs: Number(values.settle) * 1000 });
if (values.output === 'json') console.log(JSON.stringify(violations, null, 2));
else console.log(violations.length === 0 ? 'all invariants hold' : formatViolations(violations));
process.exitCode = violations.length === 0 ? 0 : 1;
