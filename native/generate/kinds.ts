/** libvirt's object types: each is a class in TypeScript, and `Kind::X` in C++. */
export const KINDS = [
  'Connect',
  'Domain',
  'Network',
  'NetworkPort',
  'StoragePool',
  'StorageVol',
  'Secret',
  'Interface',
  'NodeDevice',
  'NWFilter',
  'NWFilterBinding',
  'DomainSnapshot',
  'DomainCheckpoint',
  'Stream',
] as const;
export type Kind = (typeof KINDS)[number];

export function kindOf(type: string): Kind | undefined {
  return KINDS.find((kind) => type === `vir${kind}Ptr`);
}

/** `NWFilterDefineXML` → `nwFilterDefineXML`, `GetXMLDesc` → `getXMLDesc`, `FSTrim` → `fsTrim`. */
function lowerFirst(name: string): string {
  const run = /^[A-Z]+/.exec(name)?.[0] ?? '';
  const lowered = run.length > 1 && run.length < name.length ? run.length - 1 : Math.max(run.length, 1);
  return name.slice(0, lowered).toLowerCase() + name.slice(lowered);
}

/** The method's name: the C name without the prefix that its class already says. */
export function methodName(kind: Kind, cName: string): string {
  const families: Partial<Record<Kind, string>> = {
    StoragePool: 'virStorage',
    StorageVol: 'virStorage',
    DomainSnapshot: 'virDomain',
    DomainCheckpoint: 'virDomain',
    NetworkPort: 'virNetwork',
  };
  for (const prefix of [`vir${kind}`, families[kind], 'vir']) {
    if (prefix !== undefined && cName.startsWith(prefix)) return lowerFirst(cName.slice(prefix.length));
  }
  throw new Error(`no method name for ${cName}`);
}

/** `nr_stats` → `nrStats`; C++ and TypeScript keywords get out of the way. */
export function parameterName(cName: string): string {
  const camel = cName.replace(/_+([a-z])/gi, (_, letter: string) => letter.toUpperCase());
  return ['function', 'default', 'delete', 'new', 'this', 'interface', 'package', 'opts'].includes(camel)
    ? `${camel}Arg`
    : camel;
}
