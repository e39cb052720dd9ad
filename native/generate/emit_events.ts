import type { ApiFunction, Constant, Description } from './description.ts';
import { HEADER } from './emit_ts.ts';
import { kindOf } from './kinds.ts';

/** Event ids, their C callbacks and what JavaScript gets of them. */
const CLASSES = [
  { enumType: 'virDomainEventID', kind: 'Domain' },
  { enumType: 'virNetworkEventID', kind: 'Network' },
  { enumType: 'virStoragePoolEventID', kind: 'StoragePool' },
  { enumType: 'virNodeDeviceEventID', kind: 'NodeDevice' },
  { enumType: 'virSecretEventID', kind: 'Secret' },
] as const;

export interface EventId {
  constant: Constant;
  kind: (typeof CLASSES)[number]['kind'];
  callback: ApiFunction;
}

export function readEvents(description: Description): EventId[] {
  const events: EventId[] = [];
  for (const { enumType, kind } of CLASSES) {
    for (const constant of description.constants.filter((c) => c.group === enumType && !c.name.endsWith('_LAST'))) {
      const callback = description.callbacks.get(constant.info.split(' ')[0] ?? '');
      if (callback === undefined) throw new Error(`${constant.name} names no callback`);
      events.push({ constant, kind, callback });
    }
  }
  return events;
}

const field = (name: string): string => ({ dom: 'domain', net: 'network', dev: 'device' })[name] ?? name;
const isHandle = (type: string): boolean => kindOf(type) !== undefined && type !== 'virConnectPtr';

/** `dev` is a handle in node device events, and a disk's name in block thresholds. */
function key(arg: { name: string; type: string }): string {
  return isHandle(arg.type) ? field(arg.name) : arg.name;
}

function trampoline(callback: ApiFunction): string {
  const args = callback.args.map((a, i) => `${a.type} p${i}`).join(', ');
  const opaque = callback.args.findIndex((a) => a.name === 'opaque');
  const lines = callback.args.flatMap((arg, i) => {
    const { name, type } = arg;
    if (name === 'opaque' || type === 'virConnectPtr') return [];
    if (isHandle(type)) return [`payload->handle(Kind::${kindOf(type)}, "${key(arg)}", p${i});`];
    if (type === 'virTypedParameterPtr') return [`payload->params("${name}", p${i}, p${i + 1});`];
    if (name === 'nparams') return [];
    return [`payload->add("${key(arg)}", p${i});`];
  });
  const returns = callback.returns.type === 'int';
  return [
    `${returns ? 'int' : 'void'} on_${callback.name}(${args}) {`,
    `  auto payload = Payload::start(p${opaque});`,
    `  if (!payload) return${returns ? ' 0' : ''};`,
    ...lines.map((line) => `  ${line}`),
    '  Payload::post(std::move(payload));',
    ...(returns ? ['  return 0;'] : []),
    '}',
  ].join('\n');
}

export function emitEventsCpp(events: EventId[]): string {
  const callbacks = [...new Map(events.map((e) => [e.callback.name, e.callback])).values()];
  const unused = (c: ApiFunction): string => trampoline(c).replace(/virConnectPtr p(\d+)/, 'virConnectPtr');
  const cases = events.map(
    (e) =>
      `  if (kind == Kind::${e.kind} && id == ${e.constant.value}) return reinterpret_cast<void *>(on_${e.callback.name});`,
  );
  return `${HEADER}\n${callbacks
    .map(unused)
    .join('\n\n')
    .replace(
      /, int p(\d+)(?=, void)/g,
      (m) => m,
    )}\n\nvoid *eventCallback(Kind kind, int id) {\n${cases.join('\n')}\n  return nullptr;\n}\n`;
}

function payloadType(callback: ApiFunction): string {
  const fields = callback.args.flatMap((arg) => {
    const { name, type } = arg;
    if (name === 'opaque' || name === 'nparams' || type === 'virConnectPtr') return [];
    if (isHandle(type)) return [`${key(arg)}: ${kindOf(type)}`];
    if (type === 'virTypedParameterPtr') return [`${name}: TypedValues`];
    if (type.includes('char *')) return [`${key(arg)}: string | null`];
    if (type.includes('GraphicsAddress')) return [`${name}: GraphicsAddress`];
    if (type.includes('GraphicsSubject')) return [`${name}: GraphicsIdentity[]`];
    return [`${key(arg)}: ${type.endsWith('long long') ? 'bigint' : 'number'}`];
  });
  return `{ ${fields.join('; ')} }`;
}

export function emitEventsTs(events: EventId[]): string {
  const maps = CLASSES.map(({ kind }) => {
    const own = events.filter((e) => e.kind === kind);
    const lines = own.map((e) => `  /** ${e.constant.name} */\n  ${e.constant.value}: ${payloadType(e.callback)};`);
    return `export interface ${kind}Events {\n${lines.join('\n')}\n}`;
  });
  return [
    HEADER.trimEnd(),
    "import type { Domain } from '../domain.ts';",
    "import type { Network, NodeDevice, Secret, StoragePool } from '../objects.ts';",
    "import type { TypedValues } from '../params.ts';",
    '',
    'export interface GraphicsAddress {\n  family: number;\n  node: string | null;\n  service: string | null;\n}',
    'export interface GraphicsIdentity {\n  type: string | null;\n  name: string | null;\n}',
    '',
    ...maps,
    '',
  ].join('\n');
}
