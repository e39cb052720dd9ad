import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import type { VirtfleetError } from '#platform/errors.ts';
import { type DialTarget, deniedError, dialError, HANDSHAKE_DEADLINE_MS, socketError, whereOf } from './dial.ts';
import { MessageStream } from './messages.ts';
import { connected } from './plain.ts';

/** libvirtd's "you may talk": sent once, after it has accepted our certificate. */
const CONFIRM = 0x01;

const UNKNOWN_CA = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
]);

function refusedCertificate(target: DialTarget, cause?: unknown): VirtfleetError {
  const sent =
    target.credentials.clientCert === undefined
      ? 'no client certificate was given'
      : 'its authority, or its subject, is not allowed there';
  return deniedError(
    target,
    'ClientCertificateRefused',
    `${whereOf(target)} refused our client certificate: ${sent}`,
    "Put a tls.crt and tls.key into the Secret that are signed by the authority in libvirtd's ca_file, with a subject in its tls_allowed_dn_list",
    cause,
  );
}

/** libvirt says the same code and text for all of these; Node tells them apart. */
export function tlsError(target: DialTarget, error: NodeJS.ErrnoException): VirtfleetError {
  const where = whereOf(target);
  const code = error.code ?? '';
  if (UNKNOWN_CA.has(code)) {
    return deniedError(
      target,
      'UnknownCA',
      `the certificate of ${where} is not signed by the authority in ca.crt (${code})`,
      "Put the certificate of the authority that signed the host's certificate into ca.crt of the Secret",
      error,
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return deniedError(
      target,
      'CertificateNameMismatch',
      `the certificate of ${where} is for another name (${error.message})`,
      `Give the host a certificate for ${target.uri.host}, or use in the URI the name that it has`,
      error,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const when = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
    return deniedError(
      target,
      'CertificateExpired',
      `the certificate of ${where} ${when}`,
      'Renew the certificate of the host, or set its clock',
      error,
    );
  }
  // An alert is what the host says when it does not like what we sent.
  if (/ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_|ACCESS_DENIED)|ALERT_HANDSHAKE_FAILURE/.test(code))
    return refusedCertificate(target, error);
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return dialError(target, 'TLSHandshakeFailed', `${where} does not speak TLS as we do (${error.message})`, error);
  }
  return socketError(target, error);
}

function secureContext(target: DialTarget): SecureContext {
  const { caCert, clientCert, clientKey } = target.credentials;
  try {
    return createSecureContext({ ca: caCert, cert: clientCert, key: clientKey, minVersion: 'TLSv1.2' });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw deniedError(
      target,
      'InvalidTLSCredentials',
      `ca.crt, tls.crt or tls.key cannot be used (${text})`,
      'Put PEM documents that belong together into the Secret',
      error,
    );
  }
}

export async function dialTls(target: DialTarget, signal: AbortSignal): Promise<Duplex> {
  const { host = 'localhost', port = 16514 } = target.uri;
  const secure = secureContext(target);
  const tcp = await connected(
    target,
    connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 }),
    signal,
  );
  // `host` is what the certificate is checked against; an address must not be sent as server name.
  const isName = !/^[\d.]+$/.test(host) && !host.includes(':');
  const socket = connectTls({ socket: tcp, host, secureContext: secure, ...(isName ? { servername: host } : {}) });
  return new MessageStream(await confirmed(target, socket, signal));
}

/** Resolves after the handshake and libvirtd's confirmation, which is swallowed. */
function confirmed(target: DialTarget, socket: TLSSocket, signal: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    let isSecure = false;
    const timer = setTimeout(() => {
      const what = isSecure ? 'did not confirm our certificate' : 'did not end the TLS handshake';
      // Something took the connection: the way is open, and who is at its end stands still.
      fail(dialError(target, 'HostNotAnswering', `${whereOf(target)} ${what} within ${HANDSHAKE_DEADLINE_MS} ms`));
    }, HANDSHAKE_DEADLINE_MS);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose).off('readable', onReadable);
    };
    const fail = (error: Error): void => {
      settle();
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(dialError(target, 'DialCancelled', 'the dial was given up'));
    const onError = (error: NodeJS.ErrnoException): void => {
      fail(isSecure && error.code === 'ECONNRESET' ? refusedCertificate(target, error) : tlsError(target, error));
    };
    // With TLS 1.3 the host judges our certificate after our side of the handshake has ended.
    const onClose = (): void =>
      fail(
        isSecure
          ? refusedCertificate(target)
          : dialError(target, 'ConnectionFailed', `${whereOf(target)} hung up in the TLS handshake`),
      );
    const onReadable = (): void => {
      const byte: Buffer | null = socket.read(1);
      if (byte === null) return;
      if (byte[0] === CONFIRM) {
        settle();
        resolve(socket);
      } else fail(dialError(target, 'NotLibvirt', `${whereOf(target)} does not confirm as libvirtd does`));
    };
    socket.once('secureConnect', () => {
      isSecure = true;
    });
    socket.on('error', onError).on('close', onClose).on('readable', onReadable);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
