/** Domain documents: the one door to what is in `domain/`. */
export { type DomainChange, domainChanges, type RestartRequired } from './domain/changes.ts';
export { type DomainDrift, domainDrift, hasForeignChange } from './domain/drift.ts';
export { documentHash, inputHash } from './domain/hash.ts';
export * from './domain/input.ts';
export * from './domain/migration.ts';
export { type DiskFacts, type DomainFacts, type InterfaceFacts, readDomain } from './domain/read.ts';
export { renderDomain } from './domain/render.ts';
