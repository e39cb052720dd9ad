#include <cstring>

#include "call.h"
#include "overrides.h"

namespace {

struct DomainCall : Call {
  HandleRef domain;
  unsigned flags = 0;
  const HandleRef &self() const override { return domain; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain) && args.number(flags); }
  virDomainPtr pointer() const { return domain.as<virDomainPtr>(); }
  // Bytes of a CPU map of this host; 0 after a failure.
  int mapLength() {
    const int cpus = virNodeGetCPUMap(domain->connection->raw(), nullptr, nullptr, 0);
    return cpus < 0 ? 0 : VIR_CPU_MAPLEN(cpus);
  }
};

struct BlockJob final : DomainCall {
  static constexpr const char *kName = "virDomainGetBlockJobInfo";
  Text disk;
  virDomainBlockJobInfo info = {};
  int found = 0;
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain) && args.text(disk) && args.number(flags); }
  void run() override {
    found = virDomainGetBlockJobInfo(pointer(), disk.get(), &info, flags);
    if (found < 0) fail();
  }
  napi_value result(Js &js) override {
    if (found == 0) return js.null();
    return js.object({{"type", js.value(info.type)}, {"bandwidth", js.value(info.bandwidth)}, {"cur", js.value(info.cur)}, {"end", js.value(info.end)}});
  }
};

struct Vcpus final : DomainCall {
  static constexpr const char *kName = "virDomainGetVcpus";
  std::vector<virVcpuInfo> infos;
  std::vector<unsigned char> maps;
  int count = 0, length = 0;
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain); }
  void run() override {
    virDomainInfo info;
    if (virDomainGetInfo(pointer(), &info) < 0 || (length = mapLength()) == 0) return fail();
    infos.resize(info.nrVirtCpu);
    maps.resize(static_cast<size_t>(info.nrVirtCpu) * length);
    count = virDomainGetVcpus(pointer(), infos.data(), info.nrVirtCpu, maps.data(), length);
    if (count < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++)
      js.set(out, i, js.object({
          {"number", js.value(infos[i].number)},
          {"state", js.value(infos[i].state)},
          {"cpuTime", js.value(infos[i].cpuTime)},
          {"cpu", js.value(infos[i].cpu)},
          {"cpumap", js.bytes(&maps[static_cast<size_t>(i) * length], length)},
      }));
    return out;
  }
};

struct VcpuPins final : DomainCall {
  static constexpr const char *kName = "virDomainGetVcpuPinInfo";
  std::vector<unsigned char> maps;
  int count = 0, length = 0;
  void run() override {
    const int vcpus = virDomainGetVcpusFlags(pointer(), flags | VIR_DOMAIN_VCPU_MAXIMUM);
    if (vcpus < 0 || (length = mapLength()) == 0) return fail();
    maps.resize(static_cast<size_t>(vcpus) * length);
    count = virDomainGetVcpuPinInfo(pointer(), vcpus, maps.data(), length, flags);
    if (count < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) js.set(out, i, js.bytes(&maps[static_cast<size_t>(i) * length], length));
    return out;
  }
};

struct EmulatorPin final : DomainCall {
  static constexpr const char *kName = "virDomainGetEmulatorPinInfo";
  std::vector<unsigned char> map;
  int found = 0;
  void run() override {
    const int length = mapLength();
    if (length == 0) return fail();
    map.resize(length);
    found = virDomainGetEmulatorPinInfo(pointer(), map.data(), length, flags);
    if (found < 0) fail();
  }
  napi_value result(Js &js) override { return found == 0 ? js.null() : js.bytes(map.data(), map.size()); }
};

struct IOThreads final : DomainCall {
  static constexpr const char *kName = "virDomainGetIOThreadInfo";
  virDomainIOThreadInfoPtr *values = nullptr;
  int count = 0;
  ~IOThreads() override {
    for (int i = 0; i < count; i++) virDomainIOThreadInfoFree(values[i]);
    std::free(values);
  }
  void run() override {
    const int got = virDomainGetIOThreadInfo(pointer(), &values, flags);
    if (got < 0) return fail();
    count = got;
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++)
      js.set(out, i, js.object({{"iothreadId", js.value(values[i]->iothread_id)}, {"cpumap", js.bytes(values[i]->cpumap, values[i]->cpumaplen)}}));
    return out;
  }
};

// {tag: value}: tags are VIR_DOMAIN_MEMORY_STAT_…
struct MemoryStats final : DomainCall {
  static constexpr const char *kName = "virDomainMemoryStats";
  // More than there are tags today: a newer daemon may have more.
  virDomainMemoryStatStruct values[64];
  int count = 0;
  void run() override {
    count = virDomainMemoryStats(pointer(), values, sizeof values / sizeof *values, flags);
    if (count < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.object({});
    for (int i = 0; i < count; i++) napi_set_element(js.env, out, values[i].tag, js.value(values[i].val));
    return out;
  }
};

struct CpuStats final : DomainCall {
  static constexpr const char *kName = "virDomainGetCPUStats";
  int start = 0, perCpu = 0;
  unsigned cpus = 0;
  Params all;
  bool parse(Args &args) override {
    return args.handle(Kind::Domain, domain) && args.number(start) && args.number(cpus) && ((cpus >= 1 && cpus <= 128) || args.reject("from 1 to 128 CPUs")) && args.number(flags);
  }
  void run() override {
    const int width = virDomainGetCPUStats(pointer(), nullptr, 0, start, 1, flags);
    if (width < 0) return fail();
    if (width == 0) return;
    all.reserve(width * static_cast<int>(cpus));
    perCpu = width;
    if (virDomainGetCPUStats(pointer(), all.values, width, start, cpus, flags) < 0) fail();
  }
  napi_value result(Js &js) override {
    const int rows = perCpu == 0 ? 0 : static_cast<int>(cpus);
    napi_value out = js.array(rows);
    for (int i = 0; i < rows; i++) js.set(out, i, js.params(all.values + i * perCpu, perCpu));
    return out;
  }
};

struct DiskErrors final : DomainCall {
  static constexpr const char *kName = "virDomainGetDiskErrors";
  std::vector<virDomainDiskError> values;
  int count = 0;
  ~DiskErrors() override {
    for (int i = 0; i < count; i++) std::free(values[i].disk);
  }
  void run() override {
    const int room = virDomainGetDiskErrors(pointer(), nullptr, 0, flags);
    if (room < 0) return fail();
    values.resize(room);
    if (room == 0) return;
    const int got = virDomainGetDiskErrors(pointer(), values.data(), room, flags);
    if (got < 0) return fail();
    count = got;
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) js.set(out, i, js.object({{"disk", js.text(values[i].disk)}, {"error", js.value(values[i].error)}}));
    return out;
  }
};

struct FileSystems final : DomainCall {
  static constexpr const char *kName = "virDomainGetFSInfo";
  virDomainFSInfoPtr *values = nullptr;
  int count = 0;
  ~FileSystems() override {
    for (int i = 0; i < count; i++) virDomainFSInfoFree(values[i]);
    std::free(values);
  }
  void run() override {
    const int got = virDomainGetFSInfo(pointer(), &values, flags);
    if (got < 0) return fail();
    count = got;
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) {
      const virDomainFSInfo &fs = *values[i];
      js.set(out, i, js.object({
          {"mountpoint", js.text(fs.mountpoint)},
          {"name", js.text(fs.name)},
          {"fstype", js.text(fs.fstype)},
          {"devAlias", js.texts(fs.devAlias, static_cast<int>(fs.ndevAlias))},
      }));
    }
    return out;
  }
};

struct SchedulerType final : DomainCall {
  static constexpr const char *kName = "virDomainGetSchedulerType";
  OwnedText type;
  int count = 0;
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain); }
  void run() override {
    type.value = virDomainGetSchedulerType(pointer(), &count);
    if (type.value == nullptr) fail();
  }
  napi_value result(Js &js) override { return js.object({{"type", js.text(type.value)}, {"nparams", js.value(count)}}); }
};

struct SecurityLabels final : DomainCall {
  static constexpr const char *kName = "virDomainGetSecurityLabelList";
  virSecurityLabelPtr values = nullptr;
  int count = 0;
  ~SecurityLabels() override { std::free(values); }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain); }
  void run() override {
    count = virDomainGetSecurityLabelList(pointer(), &values);
    if (count < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) js.set(out, i, js.object({{"label", js.text(values[i].label)}, {"enforcing", js.boolean(values[i].enforcing != 0)}}));
    return out;
  }
};

// libvirt's own limit for a peek over the remote protocol.
constexpr size_t kPeekMax = 4 * 1024 * 1024;

struct BlockPeek final : DomainCall {
  static constexpr const char *kName = "virDomainBlockPeek";
  Text disk;
  unsigned long long offset = 0;
  size_t size = 0;
  Bytes data;
  bool parse(Args &args) override {
    return args.handle(Kind::Domain, domain) && args.text(disk) && args.number(offset) && args.number(size) && (size <= kPeekMax || args.reject("at most 4 MiB")) && args.number(flags);
  }
  void run() override {
    data.value.resize(size);
    if (virDomainBlockPeek(pointer(), disk.get(), offset, size, data.data(), flags) < 0) fail();
  }
  napi_value result(Js &js) override { return js.bytes(data.data(), data.size()); }
};

struct MemoryPeek final : DomainCall {
  static constexpr const char *kName = "virDomainMemoryPeek";
  unsigned long long start = 0;
  size_t size = 0;
  Bytes data;
  bool parse(Args &args) override {
    return args.handle(Kind::Domain, domain) && args.number(start) && args.number(size) && (size <= kPeekMax || args.reject("at most 4 MiB")) && args.number(flags);
  }
  void run() override {
    data.value.resize(size);
    if (virDomainMemoryPeek(pointer(), start, size, data.data(), flags) < 0) fail();
  }
  napi_value result(Js &js) override { return js.bytes(data.data(), data.size()); }
};

struct SendKey final : DomainCall {
  static constexpr const char *kName = "virDomainSendKey";
  unsigned codeset = 0, holdMs = 0;
  std::vector<unsigned> keys;
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain) && args.number(codeset) && args.number(holdMs) && args.numbers(keys) && args.number(flags); }
  void run() override {
    if (virDomainSendKey(pointer(), codeset, holdMs, keys.data(), static_cast<int>(keys.size()), flags) < 0) fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entriesDomainOverrides() {
  static const Entry table[] = {
      entry<BlockJob>(),   entry<Vcpus>(),         entry<VcpuPins>(),       entry<EmulatorPin>(), entry<IOThreads>(),  entry<MemoryStats>(), entry<CpuStats>(),
      entry<DiskErrors>(), entry<FileSystems>(),   entry<SchedulerType>(),  entry<SecurityLabels>(), entry<BlockPeek>(), entry<MemoryPeek>(),  entry<SendKey>(),
      {nullptr, nullptr},
  };
  return table;
}
