import { describe, expect, test } from 'vitest';
import { VirtfleetError } from '#platform/errors.ts';
import { parseHostUri } from './uri.ts';

describe('a host URI', () => {
  test.each([
    ['qemu:///system', { hypervisor: 'qemu', transport: 'unix', path: '/system', params: {} }],
    [
      'qemu+unix:///system?socket=/run/libvirt/libvirt-sock',
      { hypervisor: 'qemu', transport: 'unix', path: '/system', params: { socket: '/run/libvirt/libvirt-sock' } },
    ],
    [
      'qemu+ssh://virt@h1/system',
      { hypervisor: 'qemu', transport: 'ssh', user: 'virt', host: 'h1', port: 22, path: '/system', params: {} },
    ],
    [
      'qemu+ssh://h1.example.org:2222/system?mode=direct',
      {
        hypervisor: 'qemu',
        transport: 'ssh',
        host: 'h1.example.org',
        port: 2222,
        path: '/system',
        params: { mode: 'direct' },
      },
    ],
    [
      'qemu+tls://[2001:db8::1]/system',
      { hypervisor: 'qemu', transport: 'tls', host: '2001:db8::1', port: 16514, path: '/system', params: {} },
    ],
    [
      'qemu+tcp://10.77.0.11:16509/session',
      { hypervisor: 'qemu', transport: 'tcp', host: '10.77.0.11', port: 16509, path: '/session', params: {} },
    ],
    ['test:///default', { hypervisor: 'test', transport: 'none', path: '/default', params: {} }],
    [
      'test+tcp://h2/default',
      { hypervisor: 'test', transport: 'tcp', host: 'h2', port: 16509, path: '/default', params: {} },
    ],
    ['lxc:///system', { hypervisor: 'lxc', transport: 'unix', path: '/system', params: {} }],
  ])('%s is taken', (text, expected) => {
    expect(parseHostUri(text)).toEqual(expected);
  });

  test.each([
    ['', /no libvirt URI/],
    ['h1', /no libvirt URI/],
    ['qemu://h1/system', /names a host and no transport.*qemu\+ssh/],
    ['http://h1/system', /driver "http" is not known/],
    ['QEMU+ssh://h1/system', /driver "QEMU" is not known/],
    ['constructor+ssh://h1/system', /driver "constructor"/],
    ['qemu+ext://h1/system?command=/bin/sh', /transport "ext" is refused.*external command/],
    ['qemu+libssh2://h1/system', /transport "libssh2" is refused.*use ssh/],
    ['qemu+quic://h1/system', /transport "quic" is refused/],
    ['qemu+ssh:///system', /transport ssh needs a host/],
    ['qemu+unix://h1/system', /reaches this machine only/],
    ['qemu+ssh://h1/system?command=/tmp/x', /parameter "command" is refused.*no command is run/],
    ['qemu+ssh://h1/system?netcat=/tmp/x', /parameter "netcat" is refused/],
    ['qemu+ssh://h1/system?no_verify=1', /parameter "no_verify" is refused.*always verified/],
    ['qemu+ssh://h1/system?keyfile=/root/.ssh/id', /parameter "keyfile" is refused.*ssh-privatekey/],
    ['qemu+tls://h1/system?pkipath=/tmp', /parameter "pkipath" is refused/],
    ['qemu+ssh://h1/system?c%6fmmand=x', /parameter "command" is refused/],
    ['qemu+ssh://h1/system?toString=x', /parameter "toString" is refused/],
    ['qemu+ssh://h1/system?mode=direct&mode=auto', /given twice/],
    ['qemu+ssh://h1/system?mode=fast', /mode "fast" is not known/],
    ['qemu+unix:///system?socket=/run/../etc/x', /socket .* is refused/],
    ['qemu+unix:///system?socket=run', /socket "run" is refused/],
    ['qemu+tcp://h1/system?socket=/run/x', /a socket means nothing/],
    ['qemu+ssh://-oProxyCommand=x/system', /host name is refused/],
    ['qemu+ssh://-l@h1/system', /user name is refused/],
    ['qemu+ssh://root:secret@h1/system', /user name is refused.*password/],
    ['qemu+tls://root@h1/system', /a user is for ssh only/],
    ['qemu+ssh://h1:0/system', /port 0 does not exist/],
    ['qemu+ssh://h1:99999/system', /port 99999 does not exist/],
    ['qemu+ssh://[zz]/system', /host cannot be read/],
    ['qemu+ssh://h1/embed?root=/tmp', /path "\/embed" is not known for qemu/],
    ['test:///etc/passwd', /path "\/etc\/passwd" is not known for test/],
    ['qemu+ssh://h1/system#x', /no libvirt URI/],
    ['qemu+ssh://h1', /path "" is not known/],
    ['qemu+ssh://h1 /system', /host name is refused/],
    ['qemu+ssh://h1\n/system', /host name is refused|no libvirt URI/],
  ])('%j is refused, and the mend is said', (text, message) => {
    let error: unknown;
    try {
      parseHostUri(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(VirtfleetError);
    const { errorClass, mend, message: said } = error as VirtfleetError;
    expect(errorClass).toBe('InvalidSpec');
    expect(mend).toMatch(/./);
    expect(`${said}. ${mend}`).toMatch(message);
    expect(said).not.toContain('secret');
  });
});
