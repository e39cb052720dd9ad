import type { DomainInput } from './input.ts';

export interface DomainDrift {
  path: string;
  wanted: string;
  found: string;
}

/** What of ours differs in the inactive document, element by element. Secrets are redacted. Empty: nothing drifted. */
export function domainDrift(input: DomainInput, current: string): DomainDrift[] {
  throw new Error(`${input.name} ${current}`);
}
