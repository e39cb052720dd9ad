import ipaddr from 'ipaddr.js';
import { VirtfleetError } from '#platform/errors.ts';
import { fetchError } from './errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Where nobody's image is ever served: link-local (the metadata services are there), and what is no unicast address. */
const NEVER = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast']);
/** Metadata services outside of the link-local range. */
const METADATA = ['fd00:ec2::254', '100.100.100.200', '192.0.0.192'].map((text) =>
  ipaddr.parse(text).toNormalizedString(),
);

const MEND = 'An administrator allows sources with --image-sources.';

/**
 * Which servers may be asked for an image. The operator stands where tenants do not: without this, an image's URL would
 * be a way into the cluster's network and to the cloud's metadata service.
 *
 * Entries: `public` (every public address), an address or CIDR, or a host name (`images.example.com`, `*.example.com`),
 * whatever its address. Loopback only by an explicit address or CIDR; link-local and metadata addresses never.
 */
export class SourcePolicy {
  readonly #public: boolean;
  readonly #ranges: [Address, number][] = [];
  readonly #hosts: string[] = [];

  /** @throws InvalidSpec when an entry cannot be read. */
  constructor(entries: readonly string[]) {
    this.#public = entries.includes('public');
    for (const entry of entries) {
      if (entry === 'public') continue;
      if (ipaddr.isValidCIDR(entry)) this.#ranges.push(ipaddr.parseCIDR(entry));
      else if (ipaddr.isValid(entry)) this.#ranges.push(wholeAddress(ipaddr.parse(entry)));
      else if (/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(entry)) this.#hosts.push(entry.toLowerCase());
      else {
        throw new VirtfleetError('InvalidSpec', 'InvalidFlag', `"${entry}" is no source of images`, {
          mend: 'Use public, an address, a CIDR (10.1.0.0/16) or a host name (images.example.com, *.example.com).',
        });
      }
    }
  }

  /** Throws SourceForbidden unless images may be fetched from `address`, the one that `host` stands for right now. */
  check(host: string, address: string): void {
    if (!this.allows(host, address)) {
      const where = host === address ? address : `${host} (${address})`;
      throw fetchError('SourceForbidden', `Images may not be fetched from ${where}`, MEND);
    }
  }

  allows(host: string, address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    // An IPv4 address in IPv6's clothes is judged as what it is.
    const parsed = ipaddr.process(address);
    const range = parsed.range();
    if (NEVER.has(range) || METADATA.includes(parsed.toNormalizedString())) return false;
    if (this.#ranges.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits))) return true;
    if (range === 'unicast') return this.#public || this.#names(host);
    // Tunnels of IPv4 in IPv6 would reach what the IPv4 address alone may not.
    return (range === 'private' || range === 'uniqueLocal' || range === 'carrierGradeNat') && this.#names(host);
  }

  #names(host: string): boolean {
    const name = host.toLowerCase().replace(/\.$/, '');
    return this.#hosts.some((entry) =>
      entry.startsWith('*.') ? name.endsWith(entry.slice(1)) && name.length > entry.length - 1 : name === entry,
    );
  }
}

function wholeAddress(address: Address): [Address, number] {
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
