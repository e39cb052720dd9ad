import { describe, expect, test } from 'vitest';
import { virtualMachineMigrationReasons } from '#api/v1alpha1/virtual-machine-migration-conditions.ts';
import { type ErrorClass, VirtfleetError } from '#platform/errors.ts';
import { failureOf } from './failures.ts';

const failed = (message: string, errorClass: ErrorClass = 'Transient', reason = 'OperationFailed'): VirtfleetError =>
  new VirtfleetError(errorClass, reason, `domain.migrate on host h1: ${message}`, { host: 'h1' });

const rows: [string, unknown, string, boolean, RegExp | null][] = [
  [
    'the CPU',
    failed("unsupported configuration: guest CPU doesn't match specification: missing features: avx2", 'InvalidSpec'),
    'IncompatibleCPU',
    true,
    /spec.cpu.mode Baseline/,
  ],
  [
    'a name that nobody resolves',
    failed('unable to resolve h2.lan: Name or service not known'),
    'MoveFailed',
    true,
    /spec.migration.address/,
  ],
  [
    'a port that is closed',
    failed("unable to connect to server at '10.0.0.2:49152': Connection refused", 'Transient', 'HostSystemError'),
    'MoveFailed',
    true,
    /49152/,
  ],
  [
    'certificates',
    failed('TLS handshake failed: certificate is not trusted'),
    'MoveFailed',
    true,
    /migrate_tls_x509_cert_dir/,
  ],
  ['a machine that ended', failed('operation failed: domain is not running'), 'MachineEnded', false, null],
  [
    'an abort that is not over',
    failed('operation failed: another migration job is already running for domain'),
    'MoveFailed',
    false,
    null,
  ],
  ['a file that is still locked', failed('Failed to get "write" lock'), 'MoveFailed', false, null],
  ['what the hypervisors say', failed('operation failed: job unexpectedly failed'), 'MoveFailed', true, null],
  ['a full disk', failed('No space left on device', 'Capacity', 'HostDiskFull'), 'PoolFull', true, null],
  ['a pool without room', failed('6 bytes free', 'Capacity', 'PoolFull'), 'PoolFull', true, null],
  ['a lost answer', failed('the connection broke', 'OutcomeUnknown', 'OutcomeUnknown'), 'MoveFailed', false, null],
  ['a host that went away', failed('not connected', 'Transient', 'HostUnreachable'), 'MoveFailed', false, null],
  ['what cannot be', failed('disk vdx', 'InvalidSpec', 'NotLiveMigratable'), 'NotLiveMigratable', true, null],
  ['a bug', new TypeError('x is undefined'), 'MoveFailed', true, null],
];

describe('why a move failed', () => {
  test.each(rows)('%s', (_, error, reason, isLasting, mend) => {
    const failure = failureOf(error);
    expect(failure).toMatchObject({ reason, isLasting });
    if (mend) expect(failure.message).toMatch(mend);
    expect(Object.keys(virtualMachineMigrationReasons)).toContain(failure.reason);
  });
});
