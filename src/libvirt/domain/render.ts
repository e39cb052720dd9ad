/** Renders a domain by editing the previous inactive document: what the spec does not own survives. */
import type { DomainInput } from './input.ts';

/**
 * @param current the domain's inactive document (VIR_DOMAIN_XML_INACTIVE | SECURE), null for the first one
 * @returns the document to define with VALIDATE
 */
export function renderDomain(input: DomainInput, current: string | null): string {
  throw new Error(`${input.name} ${current}`);
}
