/** What somebody changed by hand: the difference between the inactive document and what the spec would make of it. */

import { type Difference, difference } from '../difference.ts';
import { clone } from '../tree.ts';
import { type Element, parsed } from '../xml.ts';
import { documentHash } from './hash.ts';
import type { DomainInput } from './input.ts';
import { editDomain } from './render.ts';

/** `path` in the document, what the spec wants there and what was found (empty: nothing). Secrets are redacted. */
export type DomainDrift = Difference;

/** What of ours differs in the inactive document, element by element. Empty: nothing of ours has drifted. */
export function domainDrift(input: DomainInput, current: string | Element): DomainDrift[] {
  const found = parsed(current);
  const wanted = clone(found);
  editDomain(wanted, input, 'inactive');
  return difference(wanted, found);
}

/** Nothing of ours differs, yet the document is not the one that was defined: somebody added something of their own. */
export function hasForeignChange(input: DomainInput, current: string): boolean {
  const { definedHash } = input.stamp;
  return definedHash !== undefined && documentHash(current) !== definedHash && domainDrift(input, current).length === 0;
}
