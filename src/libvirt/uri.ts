/** Host URIs, taken apart by allow-list: a libvirt URI's parameters can run commands on the client. */

export interface HostUri {
  hypervisor: 'qemu' | 'lxc' | 'test' | 'xen' | 'vbox' | 'bhyve' | 'ch';
  /** none: the driver runs inside this process (test:///default). */
  transport: 'unix' | 'tcp' | 'tls' | 'ssh' | 'none';
  user?: string;
  host?: string;
  /** The transport's own when the URI names none (22, 16509, 16514). */
  port?: number;
  /** /system, /session, /default. */
  path: string;
  /** socket and mode only. */
  params: { socket?: string; mode?: 'auto' | 'direct' | 'legacy' };
}

/** Throws a VirtfleetError of class InvalidSpec whose text names what is refused and the mend. */
export function parseHostUri(text: string): HostUri {
  throw new Error(text);
}
