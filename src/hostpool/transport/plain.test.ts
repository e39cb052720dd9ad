import { describe, expect, test } from 'vitest';
import { parseHostUri } from '#libvirt/uri.ts';
import { daemonSockets } from './plain.ts';

const socketsOf = (uri: string): string[] => daemonSockets({ host: 'h1', uri: parseHostUri(uri), credentials: {} });
const WHOLE = '/run/libvirt/libvirt-sock';

describe('daemonSockets', () => {
  test.each([
    ['qemu:///system', ['/run/libvirt/virtqemud-sock', WHOLE]],
    ['qemu+ssh://root@h1/system', ['/run/libvirt/virtqemud-sock', WHOLE]],
    ['lxc+ssh://root@h1/system', ['/run/libvirt/virtlxcd-sock', WHOLE]],
    ['qemu+ssh://root@h1/system?mode=auto', ['/run/libvirt/virtqemud-sock', WHOLE]],
    ['qemu+ssh://root@h1/system?mode=direct', ['/run/libvirt/virtqemud-sock']],
    ['qemu+ssh://root@h1/system?mode=legacy', [WHOLE]],
    ['qemu+ssh://root@h1/system?socket=/srv/sock&mode=direct', ['/srv/sock']],
    ['qemu+unix:///session?socket=/run/user/1000/libvirt/libvirt-sock', ['/run/user/1000/libvirt/libvirt-sock']],
  ])('of %s', (uri, sockets) => {
    expect(socketsOf(uri)).toEqual(sockets);
  });

  test('a session whose socket is not named is refused', () => {
    expect(() => socketsOf('qemu:///session')).toThrow(/socket/);
  });
});
