import type { JobContext, JobSpec, Processor } from '#jobs/port.ts';
import { jobId } from '#jobs/port.ts';

export function aJob(over: Partial<JobSpec> & { uid?: string } = {}): JobSpec {
  const { uid = 'f2b6', operation = 'ImageFetch', key = 'local/h1', attempt = 1, ...rest } = over;
  const object = { kind: 'VirtualMachineImage', namespace: 'team-a', name: 'debian', uid };
  return { id: jobId(uid, operation, key, attempt), operation, object, key, attempt, ...rest };
}

export interface Run {
  job: JobSpec;
  context: JobContext;
  /** Ends it well. */
  finish: () => void;
  fail: (error: Error) => void;
  ended: boolean;
}

/** A processor whose runs are ended by hand; one that is aborted ends by itself. */
export class Recorder {
  readonly runs: Run[] = [];

  readonly process: Processor = (job, context) =>
    new Promise<void>((resolve, reject) => {
      const run: Run = {
        job,
        context,
        ended: false,
        finish: () => {
          run.ended = true;
          resolve();
        },
        fail: (error) => {
          run.ended = true;
          reject(error);
        },
      };
      this.runs.push(run);
      context.signal.addEventListener('abort', () => run.fail(context.signal.reason), { once: true });
    });

  run(index: number): Run {
    const run = this.runs[index];
    if (run === undefined) throw new Error(`there was no run ${index}`);
    return run;
  }
}
