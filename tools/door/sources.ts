import { relative, resolve } from 'node:path';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';
import { type Finding, findDetours } from './check.ts';
import { isHeld } from './rules.ts';

/** Looks through the sources of a project and gives back what passes by the door. */
export function checkProject(root: string, files?: Record<string, string>): { findings: Finding[]; checked: number } {
  const api = new API(files ? { cwd: root, fs: createVirtualFileSystem(files) } : { cwd: root });
  try {
    const config = resolve(root, 'tsconfig.json');
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error(`${config} is no project`);
    const findings: Finding[] = [];
    let checked = 0;
    for (const name of project.program.getSourceFileNames()) {
      const path = relative(root, name);
      const file = isHeld(path) ? project.program.getSourceFile(name) : undefined;
      if (!file) continue;
      checked += 1;
      findings.push(...findDetours(path, file));
    }
    return { findings, checked };
  } finally {
    api.close();
  }
}
