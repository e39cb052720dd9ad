/** Fails when a source file reaches the outside by another way than the one door. See tools/door/rules.ts. */
import { resolve } from 'node:path';
import { checkProject } from './door/sources.ts';

const { findings, checked } = checkProject(resolve(import.meta.dirname, '..'));
for (const { path, line, message } of findings) console.error(`${path}:${line}: ${message}`);
console.log(`${checked} files, ${findings.length} ways around the door`);
// None at all would mean that the sources were not found, and everything passes.
process.exitCode = findings.length > 0 || checked < 10 ? 1 : 0;
