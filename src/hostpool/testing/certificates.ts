import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pair {
  cert: string;
  key: string;
}

/** Certificates for tests, made by openssl in a directory that is removed again. */
export class TestAuthority {
  readonly #dir = mkdtempSync(join(tmpdir(), 'vf-ca-'));
  readonly cert: string;
  #serial = 1;

  constructor(name: string) {
    this.#openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
    );
    this.cert = this.#read('ca.crt');
  }

  /** A certificate for that DNS name or address; `days` below zero: expired already. */
  issue(name: string, options: { expired?: boolean } = {}): Pair {
    const base = `leaf${this.#serial++}`;
    const san = /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
    writeFileSync(join(this.#dir, `${base}.ext`), `subjectAltName=${san}\n`);
    this.#openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      `${base}.key`,
      '-out',
      `${base}.csr`,
      '-subj',
      `/CN=${name}`,
    );
    const validity = options.expired
      ? ['-not_before', '20200101000000Z', '-not_after', '20200102000000Z']
      : ['-days', '1'];
    this.#sign(base, validity);
    return { cert: this.#read(`${base}.crt`), key: this.#read(`${base}.key`) };
  }

  /** openssl 3.0's `x509 -req` takes no dates of its own; its `ca` does. */
  #sign(base: string, validity: string[]): void {
    const [start, end] = validity.includes('-not_before') ? ['-startdate', '-enddate'] : ['', ''];
    if (start === '') {
      this.#openssl(
        'x509',
        '-req',
        '-in',
        `${base}.csr`,
        '-CA',
        'ca.crt',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-out',
        `${base}.crt`,
        '-extfile',
        `${base}.ext`,
        ...validity,
      );
      return;
    }
    writeFileSync(join(this.#dir, 'index.txt'), '');
    writeFileSync(
      join(this.#dir, 'ca.cnf'),
      '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n',
    );
    this.#openssl(
      'ca',
      '-batch',
      '-config',
      'ca.cnf',
      '-in',
      `${base}.csr`,
      '-cert',
      'ca.crt',
      '-keyfile',
      'ca.key',
      '-out',
      `${base}.crt`,
      '-notext',
      '-extfile',
      `${base}.ext`,
      start,
      validity[1] ?? '',
      end ?? '',
      validity[3] ?? '',
    );
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.#dir, stdio: 'pipe' });
  }

  #read(file: string): string {
    return readFileSync(join(this.#dir, file), 'utf8');
  }

  close(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
