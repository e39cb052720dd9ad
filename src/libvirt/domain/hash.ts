/** Of the inactive document without volatile parts and without our stamp: `sha256:…`. */
export function documentHash(xml: string): string {
  throw new Error(xml);
}
