import type { Hypervisor } from './types.ts';

/**
 * libvirt's domain type for a wanted hypervisor on a host that offers `domainTypes`, or null when it offers none that fits.
 * `Auto` takes KVM where it is there, else plain QEMU. It never takes LXC (another kind of guest) or the test driver,
 * which only pretends.
 */
export function chooseDomainType(hypervisor: Hypervisor, domainTypes: readonly string[]): string | null {
  const wanted = hypervisor === 'Auto' ? ['kvm', 'qemu'] : [hypervisor.toLowerCase()];
  return wanted.find((type) => domainTypes.includes(type)) ?? null;
}
