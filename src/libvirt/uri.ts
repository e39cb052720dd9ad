/** Host URIs, taken apart by allow-list: a libvirt URI's parameters can run commands on the client. */
import { isIP } from 'node:net';
import { VirtfleetError } from '#platform/errors.ts';

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

const PATHS: Record<HostUri['hypervisor'], string[]> = {
  qemu: ['/system', '/session'],
  lxc: ['/system'],
  // Any other path would be a file of simulated state, read on this machine.
  test: ['/default'],
  xen: ['/system'],
  vbox: ['/session', '/system'],
  bhyve: ['/system'],
  ch: ['/system', '/session'],
};

const TRANSPORTS = ['unix', 'tcp', 'tls', 'ssh'] as const;
const DEFAULT_PORTS = { tcp: 16509, tls: 16514, ssh: 22 } as const;
const MODES = ['auto', 'direct', 'legacy'] as const;

/** What libvirt knows and we refuse, with what to do instead. */
const REFUSED_PARAMS: Record<string, string> = {
  command: 'virtfleet brings its own ssh; no command is run',
  netcat: 'virtfleet forwards to the socket itself; name the socket by ?socket=',
  no_verify: 'a host is always verified: give the CA or the host key in the Secret that credentialsRef names',
  no_tty: 'nothing ever asks: give the key in the Secret that credentialsRef names',
  keyfile: 'give the key as ssh-privatekey in the Secret that credentialsRef names',
  known_hosts: 'give known_hosts in the Secret that credentialsRef names',
  known_hosts_verify: 'give known_hosts in the Secret that credentialsRef names',
  pkipath: 'give ca.crt, tls.crt and tls.key in the Secret that credentialsRef names',
  sshauth: 'the key in the Secret that credentialsRef names is the only way in',
  proxy: 'virtfleet forwards to the socket itself',
  authfile: 'give username and password in the Secret that credentialsRef names',
  name: 'say the driver and its path in the URI itself',
  tls_priority: "the TLS versions are virtfleet's own",
};
const TRANSPORT_MENDS: Record<string, string> = {
  ext: 'an external command is never run: use ssh, tls, tcp or unix',
  libssh: 'use ssh: virtfleet brings its own',
  libssh2: 'use ssh: virtfleet brings its own',
};

const SHAPE =
  /^(?<driver>[a-z0-9]+)(?:\+(?<transport>[a-z0-9]+))?:\/\/(?<authority>[^/?#]*)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?$/i;
const AUTHORITY = /^(?:(?<user>[^@]*)@)?(?<host>\[[0-9a-fA-F:.]+\]|[^:@[\]]*)(?::(?<port>\d{1,5}))?$/;
const HOST = /^(?!-)[A-Za-z0-9-]{1,63}(?:\.(?!-)[A-Za-z0-9-]{1,63})*\.?$/;
const USER = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;
const SOCKET = /^\/[A-Za-z0-9._\-/]{1,100}$/;

/** Throws a VirtfleetError of class InvalidSpec whose text names what is refused and the mend. */
export function parseHostUri(text: string): HostUri {
  const parts = SHAPE.exec(text)?.groups;
  if (!parts)
    refuse('it is no libvirt URI', 'write it as qemu+ssh://user@host/system, qemu+tls://host/system or qemu:///system');
  const hypervisor = hypervisorOf(parts.driver ?? '');
  const where = authorityOf(parts.authority ?? '');
  const transport = transportOf(hypervisor, parts.transport, where.host);
  const uri: HostUri = {
    hypervisor,
    transport,
    path: pathOf(hypervisor, parts.path ?? ''),
    params: paramsOf(parts.query ?? '', transport),
  };
  const isLocal = transport === 'unix' || transport === 'none';
  if (isLocal && where.host !== undefined)
    refuse(
      `transport ${transport} reaches this machine only, yet it names a host`,
      'take the host out, or name ssh, tls or tcp',
    );
  if (!isLocal && where.host === undefined)
    refuse(`transport ${transport} needs a host`, `write ${hypervisor}+${transport}://host${uri.path}`);
  if (where.user !== undefined && transport !== 'ssh')
    refuse('a user is for ssh only', 'SASL names belong in the Secret that credentialsRef names');
  if (where.user !== undefined) uri.user = where.user;
  if (where.host !== undefined) uri.host = where.host;
  if (transport in DEFAULT_PORTS) uri.port = where.port ?? DEFAULT_PORTS[transport as keyof typeof DEFAULT_PORTS];
  return uri;
}

function hypervisorOf(driver: string): HostUri['hypervisor'] {
  if (Object.hasOwn(PATHS, driver)) return driver as HostUri['hypervisor'];
  return refuse(`driver ${JSON.stringify(driver)} is not known`, `use one of ${Object.keys(PATHS).join(', ')}`);
}

function transportOf(hypervisor: string, named: string | undefined, host: string | undefined): HostUri['transport'] {
  if (named === undefined) {
    // libvirt reads a host without a transport as TLS; that is easily meant otherwise.
    if (host !== undefined)
      refuse(
        'it names a host and no transport',
        `write ${hypervisor}+ssh://, ${hypervisor}+tls:// or ${hypervisor}+tcp://`,
      );
    return hypervisor === 'test' ? 'none' : 'unix';
  }
  const transport = TRANSPORTS.find((one) => one === named);
  return (
    transport ??
    refuse(
      `transport ${JSON.stringify(named)} is refused`,
      TRANSPORT_MENDS[named] ?? `use one of ${TRANSPORTS.join(', ')}`,
    )
  );
}

function authorityOf(authority: string): { user?: string; host?: string; port?: number } {
  const parts = AUTHORITY.exec(authority)?.groups;
  if (!parts) refuse('its host cannot be read', 'write user@host:port, an IPv6 address in brackets');
  const { user, host = '', port } = parts;
  if (user !== undefined && !USER.test(user))
    refuse(
      'its user name is refused',
      'use letters, digits, dots, dashes; a password belongs in the Secret that credentialsRef names',
    );
  const name = host.startsWith('[') ? host.slice(1, -1) : host;
  const isAddress = isIP(name) !== 0;
  if (name !== '' && !isAddress && !(HOST.test(name) && name.length <= 253))
    refuse('its host name is refused', 'use a DNS name or an IP address');
  if (host.startsWith('[') && isIP(name) !== 6) refuse('its IPv6 address cannot be read', 'write it as [2001:db8::1]');
  const number = Number(port ?? 0);
  if (port !== undefined && (number < 1 || number > 65535)) refuse(`port ${port} does not exist`, 'use 1 to 65535');
  if (name === '' && (port !== undefined || user !== undefined))
    refuse('it names a user or a port, but no host', 'name the host');
  return {
    ...(user === undefined ? {} : { user }),
    ...(name === '' ? {} : { host: name }),
    ...(port === undefined ? {} : { port: number }),
  };
}

function pathOf(hypervisor: HostUri['hypervisor'], path: string): string {
  const known = PATHS[hypervisor];
  if (known.includes(path)) return path;
  return refuse(`path ${JSON.stringify(path)} is not known for ${hypervisor}`, `use ${known.join(' or ')}`);
}

function paramsOf(query: string, transport: HostUri['transport']): HostUri['params'] {
  const params: HostUri['params'] = {};
  for (const [name, value] of new URLSearchParams(query)) {
    if (Object.hasOwn(params, name)) refuse(`parameter ${name} is given twice`, 'give it once');
    if (name === 'socket') params.socket = socketOf(value, transport);
    else if (name === 'mode')
      params.mode =
        MODES.find((mode) => mode === value) ??
        refuse(`mode ${JSON.stringify(value)} is not known`, `use ${MODES.join(', ')}`);
    else
      refuse(
        `parameter ${JSON.stringify(name)} is refused`,
        (Object.hasOwn(REFUSED_PARAMS, name) && REFUSED_PARAMS[name]) || 'only socket and mode are taken',
      );
  }
  return params;
}

function socketOf(path: string, transport: HostUri['transport']): string {
  if (transport !== 'unix' && transport !== 'ssh')
    refuse(`a socket means nothing with transport ${transport}`, 'take ?socket= out');
  if (!SOCKET.test(path) || path.split('/').includes('..'))
    refuse(`socket ${JSON.stringify(path)} is refused`, 'give an absolute path of letters, digits, dots and dashes');
  return path;
}

function refuse(what: string, mend: string): never {
  throw new VirtfleetError('InvalidSpec', 'InvalidURI', `The host's URI is refused: ${what}`, { mend });
}
