import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JobQueue, type JobWorker, type Processors, startWorker } from '#jobs/index.ts';
import { systemClock } from '#platform/clock.ts';
import { unrestricted } from '#platform/right.ts';
import { eventually } from './eventually.ts';
import { aJob, Recorder } from './recorder.ts';

export interface Fixture extends AsyncDisposable {
  /** A queue on the same store each time: producers and workers in "other processes". */
  open(): Promise<JobQueue>;
}

/** What every implementation of the port must do. */
export function describeJobQueue(name: string, setUp: () => Promise<Fixture>): void {
  describe(`${name}, as a job queue`, () => {
    let fixture: Fixture;
    let queue: JobQueue;
    let recorder: Recorder;
    let workers: JobWorker[];
    let queues: JobQueue[];

    const open = async (): Promise<JobQueue> => {
      const opened = await fixture.open();
      queues.push(opened);
      await eventually('the queue is available', () => opened.available());
      return opened;
    };
    const work = (on: JobQueue, processors?: Processors): JobWorker => {
      const worker = startWorker(on, processors ?? { ImageFetch: { run: recorder.process, concurrency: 2 } });
      workers.push(worker);
      return worker;
    };

    beforeEach(async () => {
      fixture = await setUp();
      queues = [];
      workers = [];
      recorder = new Recorder();
      queue = await open();
    });
    afterEach(async () => {
      for (const run of recorder.runs) run.finish();
      await Promise.all(workers.map((worker) => worker.stop(2_000)));
      await Promise.all(queues.map((one) => one.close()));
      await fixture[Symbol.asyncDispose]();
    });

    it('runs a job with all that was said, under a right that lasts', async () => {
      work(queue);
      await queue.add(unrestricted, aJob());
      await eventually('it runs', () => recorder.runs.length === 1);
      const { job, context } = recorder.run(0);
      expect(job).toEqual(aJob());
      expect(context.signal.aborted).toBe(false);
      const leftMs = context.right.notAfterMs() - systemClock.boottimeMs();
      expect(leftMs).toBeGreaterThan(1_000);
      expect(leftMs).toBeLessThan(10_000);
      const firstEnd = context.right.notAfterMs();
      await eventually('the right is renewed', () => context.right.notAfterMs() > firstEnd, 8_000);
    });

    it('takes a job once, however often it is added while it waits or runs', async () => {
      await queue.add(unrestricted, aJob());
      await queue.add(unrestricted, aJob());
      work(queue);
      await eventually('it runs', () => recorder.runs.length === 1);
      await queue.add(unrestricted, aJob());
      await queue.add(unrestricted, aJob({ uid: 'second' }));
      await eventually('the other runs beside it', () => recorder.runs.length === 2);
      expect(recorder.runs.map(({ job }) => job.object.uid)).toEqual(['f2b6', 'second']);
    });

    it.each(['well', 'badly'])('forgets a job that ended %s, so that its id may come again', async (how) => {
      work(queue);
      await queue.add(unrestricted, aJob());
      await eventually('it runs', () => recorder.runs.length === 1);
      if (how === 'well') recorder.run(0).finish();
      else recorder.run(0).fail(new Error('badly'));
      await eventually('it may come again', async () => {
        await queue.add(unrestricted, aJob());
        return recorder.runs.length === 2;
      });
    });

    it('does not run more at once than was said', async () => {
      work(queue);
      for (const uid of ['a', 'b', 'c']) await queue.add(unrestricted, aJob({ uid }));
      await eventually('two run', () => recorder.runs.length === 2);
      recorder.run(0).finish();
      await eventually('the third follows', () => recorder.runs.length === 3);
      expect(recorder.runs.filter(({ ended }) => !ended)).toHaveLength(2);
    });

    it('keeps operations apart', async () => {
      const fills = new Recorder();
      work(queue, { VolumeFill: { run: fills.process, concurrency: 1 } });
      await queue.add(unrestricted, aJob());
      await queue.add(unrestricted, aJob({ operation: 'VolumeFill' }));
      await eventually('the fill runs', () => fills.runs.length === 1);
      fills.run(0).finish();
      expect(recorder.runs).toHaveLength(0);
    });

    it('cancels a job that waits', async () => {
      await queue.add(unrestricted, aJob());
      await queue.cancel(unrestricted, aJob());
      await queue.add(unrestricted, aJob({ uid: 'next' }));
      work(queue);
      await eventually('the next runs', () => recorder.runs.length === 1);
      expect(recorder.run(0).job.object.uid).toBe('next');
    });

    it('cancels a job that runs in this process', async () => {
      work(queue);
      await queue.add(unrestricted, aJob());
      await eventually('it runs', () => recorder.runs.length === 1);
      await queue.cancel(unrestricted, aJob());
      expect(recorder.run(0).context.signal.aborted).toBe(true);
    });

    it('cancelling what is not there is done already', async () => {
      await expect(queue.cancel(unrestricted, aJob({ uid: 'nobody' }))).resolves.toBeUndefined();
    });

    it('a worker that stops hands its jobs to the others', async () => {
      const first = work(queue);
      await queue.add(unrestricted, aJob());
      await eventually('it runs', () => recorder.runs.length === 1);
      work(await open());
      await first.stop(5_000);
      expect(recorder.run(0).context.signal.aborted).toBe(true);
      await eventually('it runs again', () => recorder.runs.length === 2, 4_000);
      expect(recorder.run(1).job).toEqual(aJob());
    });

    it('the right ends with the job', async () => {
      work(queue);
      await queue.add(unrestricted, aJob());
      await eventually('it runs', () => recorder.runs.length === 1);
      const { right } = recorder.run(0).context;
      recorder.run(0).finish();
      await eventually('the right has ended', () => right.signal.aborted);
      expect(right.notAfterMs()).toBeLessThanOrEqual(systemClock.boottimeMs());
    });
  });
}
