import { describe, expect, test } from 'vitest';
import { VirtfleetError } from '#platform/errors.ts';
import { hasCode, isNotFound, mapLibvirtError, orElse, orNull } from './errors.ts';

const RPC = 7;
const QEMU = 10;
const libvirt = (code: number, domain = QEMU): Error =>
  Object.assign(new Error(`code ${code}`), { name: 'LibvirtError', code, domain, level: 2, fn: 'virX' });
const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name }, more);

test('a failure that comes again is told in the same words', () => {
  const at = (time: string): string => {
    const error = Object.assign(libvirt(1), {
      message: `internal error: process exited: ${time} qemu-system-x86_64: Could not open '/a'`,
    });
    return mapLibvirtError(error, { host: 'h1', call: 'domain.start', changes: true }).message;
  };
  expect(at('2026-11-21T12:00:00.123456Z')).toBe(at('2026-11-21T12:00:09.654321Z'));
  expect(at('2026-11-21T12:00:00.123456Z')).toContain("process exited: qemu-system-x86_64: Could not open '/a'");
});

const rows: { what: string; error: unknown; read: string; change: string }[] = [
  { what: 'no domain', error: libvirt(42), read: 'NotFound', change: 'NotFound' },
  { what: 'no network', error: libvirt(43), read: 'NotFound', change: 'NotFound' },
  { what: 'no pool', error: libvirt(49), read: 'NotFound', change: 'NotFound' },
  { what: 'no volume', error: libvirt(50), read: 'NotFound', change: 'NotFound' },
  { what: 'operation invalid in this state', error: libvirt(55), read: 'Conflict', change: 'Conflict' },
  { what: 'out of memory', error: libvirt(2), read: 'Capacity', change: 'Capacity' },
  { what: 'XML that is refused', error: libvirt(92), read: 'InvalidSpec', change: 'InvalidSpec' },
  { what: 'unsupported configuration', error: libvirt(67), read: 'InvalidSpec', change: 'InvalidSpec' },
  { what: 'authentication failed', error: libvirt(45, RPC), read: 'Denied', change: 'Denied' },
  { what: 'access denied', error: libvirt(88), read: 'Denied', change: 'Denied' },
  { what: 'lock timed out', error: libvirt(68), read: 'Transient', change: 'Transient' },
  { what: "a system error of the host's", error: libvirt(38), read: 'Transient', change: 'Transient' },
  { what: 'a system error of the connection', error: libvirt(38, RPC), read: 'Transient', change: 'OutcomeUnknown' },
  { what: 'the socket was closed', error: libvirt(1, RPC), read: 'Transient', change: 'OutcomeUnknown' },
  { what: 'a code of the future', error: libvirt(9_999), read: 'Transient', change: 'Transient' },
  {
    what: 'no answer in time',
    error: named('LibvirtTimeout', { sent: true }),
    read: 'Transient',
    change: 'OutcomeUnknown',
  },
  {
    what: 'its turn never came',
    error: named('LibvirtTimeout', { sent: false }),
    read: 'Transient',
    change: 'Transient',
  },
  { what: 'closed before it was sent', error: named('ConnectionClosed'), read: 'Transient', change: 'Transient' },
  { what: 'the gate', error: named('GateClosed'), read: 'LeaseLost', change: 'LeaseLost' },
  { what: 'an old library', error: named('NotSupported'), read: 'InvalidSpec', change: 'InvalidSpec' },
  { what: 'a slip of ours', error: new TypeError('x is not a function'), read: 'Bug', change: 'Bug' },
  {
    what: 'something mapped already',
    error: new VirtfleetError('Capacity', 'Full', 'full'),
    read: 'Capacity',
    change: 'Capacity',
  },
];

describe('what an error of libvirt means', () => {
  test.each(rows)('$what: $read for a read, $change for a change', ({ error, read, change }) => {
    const context = { host: 'h1', call: 'domain.define' };
    expect(mapLibvirtError(error, { ...context, changes: false }).errorClass).toBe(read);
    expect(mapLibvirtError(error, { ...context, changes: true }).errorClass).toBe(change);
  });

  test('it names the host and the call, and keeps its cause', () => {
    const mapped = mapLibvirtError(libvirt(42), { host: 'h1', call: 'domain.lookup', changes: false });
    expect(mapped).toMatchObject({
      host: 'h1',
      reason: 'DomainNotFound',
      message: 'domain.lookup on host h1: code 42',
    });
    expect(hasCode(mapped, 42)).toBe(true);
    expect(isNotFound(mapped)).toBe(true);
  });

  test.each([
    [1, 'internal error: Unknown CPU model Athlon-9000', 'CPUIncompatible', /spec\.cpu\.model/],
    [67, 'unsupported configuration: unknown CPU feature: warpdrive', 'CPUIncompatible', /spec\.cpu\.features/],
    [67, 'unsupported configuration: IDE controllers are unsupported', 'ConfigUnsupported', /bus of spec\.disks/],
    [67, 'unsupported configuration: whatever it is', 'ConfigUnsupported', /hostSelector/],
    [91, 'the CPU is incompatible with host CPU', 'CPUIncompatible', /spec\.cpu/],
  ])('what the spec asks for and the host refuses is told with the mend (%i, %s)', (code, message, reason, mend) => {
    const error = Object.assign(libvirt(code), { message });
    const mapped = mapLibvirtError(error, { host: 'h1', call: 'domain.start', changes: true });
    expect(mapped).toMatchObject({ errorClass: 'InvalidSpec', reason, mend: expect.stringMatching(mend) });
  });

  test.each([
    [38, 'cannot fill file /pool/a.raw: No space left on device'],
    [1, 'internal error: Child process (/usr/bin/qemu-img create) unexpected exit status 1: No space left on device'],
    [38, 'cannot extend file /pool/a.raw: Disk quota exceeded'],
  ])('a full disk is told as such, whatever the code (%i)', (code, message) => {
    const error = Object.assign(libvirt(code), { message });
    const mapped = mapLibvirtError(error, { host: 'h1', call: 'volume.create', changes: true });
    expect(mapped).toMatchObject({ errorClass: 'Capacity', reason: 'HostDiskFull', host: 'h1' });
    expect(mapped.message).toContain(message);
    expect(mapped.mend).toContain('Make room');
  });

  test('what is missing may be an answer', async () => {
    const missing = mapLibvirtError(libvirt(50), { host: 'h1', call: 'volume.lookup', changes: false });
    expect(await orNull(Promise.reject(missing))).toBeNull();
    expect(await orElse(Promise.reject(missing), 7, 50)).toBe(7);
    await expect(orElse(Promise.reject(missing), 7, 49)).rejects.toBe(missing);
  });
});
