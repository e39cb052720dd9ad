import { describe, expect, test } from 'vitest';
import { jobFacts } from './migrate.ts';

/** As libvirt 9.0 told them of a real move, shortened. */
const going = {
  operation: 5,
  time_elapsed: 2_012n,
  data_total: 139_010_048n,
  data_processed: 8_512_256n,
  data_remaining: 94_752_768n,
  memory_iteration: 1n,
  downtime: 300n,
};

describe('how far a job is', () => {
  test.each([
    [
      'a move from here',
      going,
      {
        kind: 'MigrationOut',
        processedBytes: 8_512_256,
        totalBytes: 139_010_048,
        remainingBytes: 94_752_768,
        iteration: 1,
        elapsedMs: 2_012,
        downtimeMs: 300,
      },
    ],
    ['a move to here', { ...going, operation: 4 }, { kind: 'MigrationIn' }],
    ['a snapshot', { operation: 6 }, { kind: 'Other', processedBytes: 0, totalBytes: 0, remainingBytes: 0 }],
    ['an older libvirt, which does not say what it is', {}, { kind: 'Other' }],
  ])('%s', (_, params, facts) => {
    expect(jobFacts(params)).toMatchObject(facts);
  });

  test('what the hypervisor does not tell is absent', () => {
    expect(Object.keys(jobFacts({ operation: 5 })).sort()).toEqual([
      'kind',
      'processedBytes',
      'remainingBytes',
      'totalBytes',
    ]);
  });
});
