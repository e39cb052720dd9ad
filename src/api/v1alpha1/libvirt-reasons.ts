/** Reasons that come from libvirt's own error codes and from the way to a host; a condition of any kind may carry them. */
import type { ReasonDoc } from '../schema/conditions.ts';

interface Meaning {
  means: string;
  mend?: string;
}

/** The same meanings on the conditions of one kind. */
export function onConditions<K extends string>(
  table: Readonly<Record<K, Meaning>>,
  ...on: readonly string[]
): Record<K, ReasonDoc> {
  const entries = (Object.entries(table) as [K, Meaning][]).map(([reason, meaning]) => [reason, { on, ...meaning }]);
  return Object.fromEntries(entries) as Record<K, ReasonDoc>;
}

const rights = 'Correct the credentials in the Secret that the Host names, or the rights of that user on the host.';

/** libvirt refused a call, or it failed there. */
export const libvirtReasons = {
  LibvirtInternalError: {
    means: 'libvirt reports an internal error; it is tried again.',
    mend: 'Read the log of libvirtd on the host.',
  },
  LibvirtError: { means: 'libvirt reports an error that has no reason of its own; it is tried again.' },
  HostOutOfMemory: {
    means: 'The host has no memory left for it.',
    mend: 'Stop machines there, or raise spec.reserved of the Host.',
  },
  HostDiskFull: {
    means: 'A file system on the host has no room left for it.',
    mend: 'Make room on the file system of that pool on the host; it goes on by itself.',
  },
  VolumeTooLarge: {
    means: 'No file of the pool can be as large as the volume is to be.',
    mend: 'Give a smaller size, or another pool, in a new object.',
  },
  HostSystemError: {
    means: 'A system call failed on the host.',
    mend: 'Read the message and the log of libvirtd on the host.',
  },
  NotSupportedByHost: {
    means: 'The driver of the host cannot do it.',
    mend: 'Choose another host by spec.scheduling.hostSelector, or leave out what it lacks.',
  },
  OperationUnsupported: {
    means: 'The version of libvirt on the host cannot do it.',
    mend: 'Upgrade libvirt there, or leave out what it lacks.',
  },
  ConfigUnsupported: {
    means: 'The hypervisor on the host does not support what the spec asks for.',
    mend: 'Change the field that the message names.',
  },
  CPUIncompatible: {
    means: 'The CPU of the host lacks what the spec asks for.',
    mend: 'Use spec.cpu.mode Baseline, or fewer features.',
  },
  InvalidArgument: { means: 'libvirt refused a value.', mend: 'Change the field that the message names.' },
  SchemaRefused: {
    means: 'libvirt refused the document under its own schema.',
    mend: 'Report it: what the operator writes should be valid.',
  },
  XMLError: {
    means: 'libvirt could not read the document.',
    mend: 'Report it: what the operator writes should be valid.',
  },
  OperationFailed: { means: 'The operation failed on the host; it is tried again.' },
  OperationInvalid: { means: 'It is not possible in the state that the thing is in; that is looked at anew.' },
  OperationTimeout: { means: 'libvirt gave up waiting for a lock on the host; it is tried again.' },
  OperationAborted: { means: 'It was aborted on the host.' },
  ResourceBusy: { means: 'Something else uses it on the host; it is tried again.' },
  DomainExists: {
    means: 'A domain of that name or UUID is there already.',
    mend: 'Read the message; a domain that is not ours is left alone.',
  },
  DomainNotFound: { means: 'The domain is not on the host.' },
  NetworkExists: { means: 'A network of that name or UUID is there already.' },
  NetworkPortNotFound: { means: 'A port of the network is not there any more.' },
  StoragePoolNotFound: { means: "libvirt's pool is not on the host.", mend: 'Look at the status of the StoragePool.' },
  StorageVolumeNotFound: {
    means: 'The volume is not in the pool.',
    mend: 'Look for its file on the host; nothing is made in its place.',
  },
  SnapshotNotFound: { means: 'The snapshot is not there.' },
  CheckpointNotFound: { means: 'The checkpoint is not there.' },
  MetadataNotFound: { means: 'The domain has no stamp of ours.' },
  DeviceMissing: { means: 'The device is not in the machine any more.' },
  AgentUnresponsive: {
    means: 'The guest agent does not answer.',
    mend: 'Install and start qemu-guest-agent in the guest.',
  },
  AgentUnsynced: { means: 'The guest agent answers out of step; it is tried again.' },
  AccessDenied: { means: 'libvirt allows that user too little.', mend: rights },
  ReadOnlyConnection: { means: 'The connection may only read.', mend: rights },
  OutcomeUnknown: {
    means: 'A call got no answer in time; whether it took effect is looked up before anything else is done.',
  },
  InternalError: { means: 'An error of the operator; it is tried again.', mend: "Report it with the operator's log." },
} as const satisfies Record<string, Meaning>;

/** Why a host cannot be reached, or may not be used. */
export const connectionReasons = {
  Unreachable: {
    means: 'The host does not answer; it is dialled again every few seconds.',
    mend: 'Look at the host and the network to it.',
  },
  HostUnreachable: { means: 'The host does not answer.', mend: 'Look at the host and the network to it.' },
  HostNotAnswering: {
    means: 'A call got no answer in time.',
    mend: 'Look whether libvirtd, or one of the split daemons, hangs on the host.',
  },
  HostRemoved: { means: 'The Host object was deleted meanwhile.' },
  ResyncTimeout: { means: 'Listing the host anew took too long; it is tried again.' },
  DialTimeout: { means: 'Nothing answered at that address in time.', mend: 'Look at address, port and firewall.' },
  DialCancelled: { means: 'Dialling was given up; it begins anew.' },
  ConnectionFailed: { means: 'The connection could not be made; it is tried again.' },
  ConnectionRefused: {
    means: 'Nothing listens at that address and port.',
    mend: 'Start libvirtd (or sshd) on the host, or correct spec.uri.',
  },
  ConnectionLost: { means: 'The connection ended; it is made anew.' },
  ConnectionClosed: { means: 'The connection was closed; it is made anew.' },
  NoConnection: { means: 'There is no connection; it is made anew.' },
  InvalidConnection: { means: 'The connection is broken; it is made anew.' },
  RPCError: { means: 'The stream to libvirtd broke; it is made anew.' },
  NameNotResolved: { means: 'The name of the host is not known to DNS.', mend: 'Correct spec.uri, or DNS.' },
  NoRoute: { means: 'There is no way to that network.', mend: 'Look at routes between the operator and the host.' },
  NotLibvirt: { means: 'Something else than libvirtd answers there.', mend: 'Correct the port in spec.uri.' },
  LibvirtSocketMissing: {
    means: 'libvirtd has no socket on the host.',
    mend: 'Start libvirtd (or virtqemud) there, or name its socket in spec.uri with ?socket=.',
  },
  SocketNotPermitted: {
    means: "libvirt's socket may not be opened by that user.",
    mend: 'Add the user to the group libvirt on the host.',
  },
  SessionSocketUnknown: {
    means: 'Where the session socket is on the host is not known.',
    mend: 'Use the path /system, or name the socket with ?socket=.',
  },
  InvalidURI: { means: 'spec.uri is refused.', mend: 'Correct it as the message says.' },
  SecretMissing: {
    means: 'The Secret that spec.credentialsRef names is not there.',
    mend: "Create it in the operator's namespace.",
  },
  SSHKeyMissing: { means: 'The Secret has no ssh-privatekey.', mend: 'Add it.' },
  InvalidSSHKey: {
    means: 'ssh-privatekey cannot be read.',
    mend: 'Put an OpenSSH or PEM private key without passphrase there.',
  },
  KnownHostsMissing: {
    means: 'The Secret has no known_hosts.',
    mend: 'Add the line that ssh-keyscan prints, checked by a second way.',
  },
  HostKeyUnknown: {
    means: 'known_hosts has no key for that host.',
    mend: 'Add the line that ssh-keyscan prints, checked by a second way.',
  },
  HostKeyChanged: {
    means: 'The host shows another key than known_hosts has: another machine, or somebody in between.',
    mend: 'Find out why; then correct known_hosts.',
  },
  HostKeyRevoked: {
    means: 'known_hosts says that the key of the host is revoked.',
    mend: 'Give the host a new key, and write it into known_hosts.',
  },
  SSHAuthenticationFailed: {
    means: 'The host does not accept the key for that user.',
    mend: "Add the public key to the user's authorized_keys, or correct the user in spec.uri.",
  },
  SSHForwardingRefused: {
    means: 'sshd does not forward to the socket of libvirtd.',
    mend: 'Set AllowStreamLocalForwarding yes (and AllowTcpForwarding) for that user in sshd_config.',
  },
  SSHFailed: { means: 'ssh failed; it is tried again.' },
  InvalidTLSCredentials: {
    means: 'ca.crt, tls.crt or tls.key cannot be read.',
    mend: 'Correct the Secret: PEM, and the key that belongs to the certificate.',
  },
  TLSHandshakeFailed: { means: 'TLS failed.', mend: 'Read the message; look at the log of libvirtd on the host.' },
  UnknownCA: {
    means: 'The certificate of the host is signed by another authority than ca.crt.',
    mend: 'Put the right authority into ca.crt of the Secret.',
  },
  CertificateExpired: { means: 'A certificate is not valid at this time.', mend: 'Renew it, and look at the clocks.' },
  CertificateNameMismatch: {
    means: 'The certificate of the host is for another name.',
    mend: 'Use that name in spec.uri, or have the certificate made for this one.',
  },
  ClientCertificateRefused: {
    means: "The host does not accept the operator's certificate.",
    mend: 'Have it signed by the authority that libvirtd trusts, and allow its name there (tls_allowed_dn_list).',
  },
  PasswordNeedsTLS: {
    means: 'A user name and password would go over the network in plain text.',
    mend: 'Use the transport tls.',
  },
  AuthenticationFailed: { means: 'libvirtd does not accept the credentials.', mend: rights },
  AuthenticationCancelled: { means: 'libvirtd wants credentials that the Secret does not have.', mend: rights },
  NotSupportedByLibvirt: {
    means: "The operator's own libvirt library cannot do it.",
    mend: 'Use the image that is shipped.',
  },
  LeaseLost: { means: 'This process may no longer act; another one goes on.' },
} as const satisfies Record<string, Meaning>;
