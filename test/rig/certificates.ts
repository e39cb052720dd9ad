import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.ts';

export interface Certificate {
  certFile: string;
  keyFile: string;
}

export interface CertificateRequest {
  /** the files' name */
  name: string;
  commonName: string;
  organizations?: readonly string[];
  /** subject alternative names as openssl writes them: IP:10.0.0.1, DNS:h1 */
  alternativeNames?: readonly string[];
  usage: 'server' | 'client' | 'both';
}

const days = '365';
const usages = { server: 'serverAuth', client: 'clientAuth', both: 'serverAuth,clientAuth' };

/** A certificate authority of the rig's own: one for the control plane, one for the hosts. */
export class Authority {
  readonly certFile: string;
  readonly #dir: string;
  readonly #keyFile: string;

  private constructor(dir: string) {
    this.#dir = dir;
    this.certFile = join(dir, 'ca.crt');
    this.#keyFile = join(dir, 'ca.key');
  }

  static async create(dir: string, commonName: string): Promise<Authority> {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const authority = new Authority(dir);
    await openssl([
      ...['req', '-x509', ...newKey, '-keyout', authority.#keyFile, '-out', authority.certFile],
      ...['-days', days, '-subj', `/CN=${commonName}`],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign,digitalSignature'],
    ]);
    return authority;
  }

  async issue(request: CertificateRequest): Promise<Certificate> {
    const file = (extension: string) => join(this.#dir, `${request.name}.${extension}`);
    const subject = [...(request.organizations ?? []).map((o) => `/O=${o}`), `/CN=${request.commonName}`].join('');
    const extensions = [
      'basicConstraints=CA:FALSE',
      // libvirt refuses a server certificate without keyEncipherment, also for keys that cannot do it
      'keyUsage=critical,digitalSignature,keyEncipherment',
      `extendedKeyUsage=${usages[request.usage]}`,
      ...(request.alternativeNames?.length ? [`subjectAltName=${request.alternativeNames.join(',')}`] : []),
    ];
    writeFileSync(file('ext'), `${extensions.join('\n')}\n`);
    await openssl(['req', ...newKey, '-keyout', file('key'), '-out', file('csr'), '-subj', subject]);
    await openssl([
      ...['x509', '-req', '-in', file('csr'), '-out', file('crt'), '-days', days, '-extfile', file('ext')],
      ...['-CA', this.certFile, '-CAkey', this.#keyFile],
    ]);
    return { certFile: file('crt'), keyFile: file('key') };
  }
}

/** Valid since yesterday: a test may set the operator's clock back. OpenSSL 3.0 has no option for that. */
async function openssl(args: readonly string[]): Promise<void> {
  await run('faketime', ['-f', '-1d', 'openssl', ...args]);
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
