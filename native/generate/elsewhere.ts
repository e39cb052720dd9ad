import type { ApiFunction } from './description.ts';
import type { Outcome } from './plan.ts';

/** Functions written by hand: the C++ file that holds them. */
const HAND: Record<string, string> = {
  virConnectOpenAuth: 'src/open.cc',
  virConnectClose: 'src/connection.cc',
  virConnectRegisterCloseCallback: 'src/events.cc',
  virConnectUnregisterCloseCallback: 'src/events.cc',
  virConnectDomainEventRegisterAny: 'src/events.cc',
  virConnectDomainEventDeregisterAny: 'src/events.cc',
  virConnectNetworkEventRegisterAny: 'src/events.cc',
  virConnectNetworkEventDeregisterAny: 'src/events.cc',
  virConnectStoragePoolEventRegisterAny: 'src/events.cc',
  virConnectStoragePoolEventDeregisterAny: 'src/events.cc',
  virConnectNodeDeviceEventRegisterAny: 'src/events.cc',
  virConnectNodeDeviceEventDeregisterAny: 'src/events.cc',
  virConnectSecretEventRegisterAny: 'src/events.cc',
  virConnectSecretEventDeregisterAny: 'src/events.cc',
  virConnectGetAllDomainStats: 'src/stats.cc',
  virDomainListGetStats: 'src/stats.cc',
  virDomainStatsRecordListFree: 'src/stats.cc',
  virStreamNew: 'src/streams.cc',
  virStreamSend: 'src/streams.cc',
  virStreamRecv: 'src/streams.cc',
  virStreamRecvFlags: 'src/streams.cc',
  virStreamSendHole: 'src/streams.cc',
  virStreamRecvHole: 'src/streams.cc',
  virStreamFinish: 'src/streams.cc',
  virStreamAbort: 'src/streams.cc',
  virNetworkGetDHCPLeases: 'src/overrides_network.cc',
  virNetworkDHCPLeaseFree: 'src/overrides_network.cc',
  virDomainInterfaceAddresses: 'src/overrides_network.cc',
  virDomainInterfaceFree: 'src/overrides_network.cc',
  virDomainGetBlockJobInfo: 'src/overrides_domain.cc',
  virDomainGetVcpus: 'src/overrides_domain.cc',
  virDomainGetVcpuPinInfo: 'src/overrides_domain.cc',
  virDomainGetEmulatorPinInfo: 'src/overrides_domain.cc',
  virDomainGetIOThreadInfo: 'src/overrides_domain.cc',
  virDomainIOThreadInfoFree: 'src/overrides_domain.cc',
  virDomainMemoryStats: 'src/overrides_domain.cc',
  virDomainGetCPUStats: 'src/overrides_domain.cc',
  virDomainGetDiskErrors: 'src/overrides_domain.cc',
  virDomainGetFSInfo: 'src/overrides_domain.cc',
  virDomainFSInfoFree: 'src/overrides_domain.cc',
  virDomainGetSchedulerType: 'src/overrides_domain.cc',
  virDomainGetSecurityLabelList: 'src/overrides_domain.cc',
  virDomainBlockPeek: 'src/overrides_domain.cc',
  virDomainMemoryPeek: 'src/overrides_domain.cc',
  virDomainSendKey: 'src/overrides_domain.cc',
  virNodeGetCPUMap: 'src/overrides_node.cc',
  virNodeGetCPUStats: 'src/overrides_node.cc',
  virNodeGetMemoryStats: 'src/overrides_node.cc',
  virNodeGetCellsFreeMemory: 'src/overrides_node.cc',
  virNodeGetFreePages: 'src/overrides_node.cc',
  virNodeAllocPages: 'src/overrides_node.cc',
  virConnectListDomains: 'src/overrides_node.cc',
  virSecretGetValue: 'src/overrides_node.cc',
  virInitialize: 'src/open.cc',
  virSetErrorFunc: 'src/open.cc',
  virGetLastError: 'src/errors.cc',
  virResetLastError: 'src/call.cc',
  virEventRegisterImpl: 'src/event_loop.cc',
  virTypedParamsFree: 'src/convert.cc',
  virTypedParamsAddInt: 'src/convert.cc',
  virTypedParamsAddUInt: 'src/convert.cc',
  virTypedParamsAddLLong: 'src/convert.cc',
  virTypedParamsAddULLong: 'src/convert.cc',
  virTypedParamsAddDouble: 'src/convert.cc',
  virTypedParamsAddBoolean: 'src/convert.cc',
  virTypedParamsAddString: 'src/convert.cc',
  virGetVersion: 'src/open.cc',
};

/** Functions that are deliberately not bound. */
const UNBOUND: [RegExp, string][] = [
  [/^virConnectOpen(ReadOnly)?$/, 'a case of virConnectOpenAuth, which open() calls (option `readOnly`)'],
  [/^virConnectDomainEvent(Register|Deregister)$/, 'superseded by the …Any form, which is bound'],
  [
    /^virConnectDomainQemuMonitorEvent/,
    'raw QEMU monitor events: unsupported by libvirt itself, every event of use has one of its own',
  ],
  [
    /^virDomain(Create|CreateXML)WithFiles$|^virDomainFDAssociate$|^virDomainQemuMonitorCommandWithFiles$|^virDomainOpenGraphics(FD)?$/,
    'passes file descriptors, which works on local unix connections only',
  ],
  [
    /^virStream(SendAll|RecvAll|SparseSendAll|SparseRecvAll)$/,
    'blocks in callbacks: upload and download do this with backpressure',
  ],
  [/^virStreamEvent/, 'streams are read and written by a thread of their own'],
  [/^virEvent/, 'the addon brings its own event loop'],
  [/^virTypedParams?/, 'typed parameters are plain objects'],
  [/^vir(Conn)?(Get|Copy|Save|Set|Reset|Free|Default)\w*Error|^virConn\w*Error/, 'errors arrive as LibvirtError'],
  [/GetConnect$/, 'returns a borrowed pointer; a handle already belongs to its connection'],
  [/^virDomain(Snapshot|Checkpoint)GetDomain$|^virNetworkPortGetNetwork$/, 'returns a borrowed pointer'],
  [/^vir[A-Z]\w*Ref$/, 'handles count their references themselves'],
  [
    /^virDomainSetSchedulerParameters$|^virDomainGetSchedulerParameters$/,
    'superseded by the …Flags form, which is bound',
  ],
];

/** `vir<Kind>Free`: handles do it in dispose, close or their finaliser. */
export function elsewhere(fn: ApiFunction): Outcome | undefined {
  const where = HAND[fn.name];
  if (where !== undefined) return { bound: 'hand', where };
  if (/Free$/.test(fn.name)) return { bound: 'hand', where: 'src/handle.cc' };
  const reason = UNBOUND.find(([pattern]) => pattern.test(fn.name))?.[1];
  return reason === undefined ? undefined : { bound: 'no', reason };
}
