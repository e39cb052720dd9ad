#include "call.h"
#include "overrides.h"

#include <cstring>
#include <string.h>

namespace {

struct ConnectCall : Call {
  HandleRef conn;
  const HandleRef &self() const override { return conn; }
  virConnectPtr pointer() const { return conn.as<virConnectPtr>(); }
};

struct CpuMap final : ConnectCall {
  static constexpr const char *kName = "virNodeGetCPUMap";
  unsigned flags = 0, online = 0;
  unsigned char *map = nullptr;
  int cpus = 0;
  ~CpuMap() override { std::free(map); }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn) && args.number(flags); }
  void run() override {
    cpus = virNodeGetCPUMap(pointer(), &map, &online, flags);
    if (cpus < 0) fail();
  }
  napi_value result(Js &js) override {
    return js.object({{"cpus", js.value(cpus)}, {"online", js.value(online)}, {"map", js.bytes(map, VIR_CPU_MAPLEN(cpus))}});
  }
};

// CPU and memory statistics of the node have the same shape.
template <class Stats, int (*Get)(virConnectPtr, int, Stats *, int *, unsigned)> struct NodeStats : ConnectCall {
  int cell = 0, count = 0;
  unsigned flags = 0;
  std::vector<Stats> values;
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn) && args.number(cell) && args.number(flags); }
  void run() override {
    if (Get(pointer(), cell, nullptr, &count, flags) < 0) return fail();
    values.resize(count);
    if (count > 0 && Get(pointer(), cell, values.data(), &count, flags) < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.object({});
    for (int i = 0; i < count; i++) napi_set_named_property(js.env, out, values[i].field, js.value(values[i].value));
    return out;
  }
};
struct CpuStats final : NodeStats<virNodeCPUStats, virNodeGetCPUStats> {
  static constexpr const char *kName = "virNodeGetCPUStats";
};
struct MemoryStats final : NodeStats<virNodeMemoryStats, virNodeGetMemoryStats> {
  static constexpr const char *kName = "virNodeGetMemoryStats";
};

struct CellsFree final : ConnectCall {
  static constexpr const char *kName = "virNodeGetCellsFreeMemory";
  int start = 0, most = 0, count = 0;
  std::vector<unsigned long long> free;
  bool parse(Args &args) override {
    return args.handle(Kind::Connect, conn) && args.number(start) && args.number(most) && ((most > 0 && most <= 4096) || args.reject("from 1 to 4096 cells"));
  }
  void run() override {
    free.resize(most);
    count = virNodeGetCellsFreeMemory(pointer(), free.data(), start, most);
    if (count < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) js.set(out, i, js.value(free[i]));
    return out;
  }
};

struct FreePages final : ConnectCall {
  static constexpr const char *kName = "virNodeGetFreePages";
  std::vector<unsigned> sizes;
  int start = 0;
  unsigned cells = 0, flags = 0;
  std::vector<unsigned long long> counts;
  bool parse(Args &args) override {
    return args.handle(Kind::Connect, conn) && args.numbers(sizes) && args.number(start) && args.number(cells) && (cells <= 4096 || args.reject("at most 4096 cells")) && args.number(flags);
  }
  void run() override {
    counts.resize(sizes.size() * cells);
    if (virNodeGetFreePages(pointer(), static_cast<unsigned>(sizes.size()), sizes.data(), start, cells, counts.data(), flags) < 0) fail();
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(cells);
    for (size_t cell = 0; cell < cells; cell++) {
      napi_value row = js.array(sizes.size());
      for (size_t i = 0; i < sizes.size(); i++) js.set(row, i, js.value(counts[cell * sizes.size() + i]));
      js.set(out, cell, row);
    }
    return out;
  }
};

struct AllocPages final : ConnectCall {
  static constexpr const char *kName = "virNodeAllocPages";
  std::vector<unsigned> sizes;
  std::vector<unsigned long long> counts;
  int start = 0, allocated = 0;
  unsigned cells = 0, flags = 0;
  bool parse(Args &args) override {
    return args.handle(Kind::Connect, conn) && args.numbers(sizes) && args.numbers(counts) && (sizes.size() == counts.size() || args.reject("as many counts as sizes")) && args.number(start) &&
           args.number(cells) && args.number(flags);
  }
  void run() override {
    allocated = virNodeAllocPages(pointer(), static_cast<unsigned>(sizes.size()), sizes.data(), counts.data(), start, cells, flags);
    if (allocated < 0) fail();
  }
  napi_value result(Js &js) override { return js.value(allocated); }
};

struct DomainIds final : ConnectCall {
  static constexpr const char *kName = "virConnectListDomains";
  std::vector<int> ids;
  int count = 0;
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn); }
  void run() override {
    // Racy by nature: asked again while the room was too small.
    for (ids.resize(256);; ids.resize(ids.size() * 2)) {
      count = virConnectListDomains(pointer(), ids.data(), static_cast<int>(ids.size()));
      if (count < 0) return fail();
      if (static_cast<size_t>(count) < ids.size() || ids.size() >= (1u << 20)) return;
    }
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) js.set(out, i, js.value(ids[i]));
    return out;
  }
};

struct SecretValue final : Call {
  static constexpr const char *kName = "virSecretGetValue";
  HandleRef secret;
  unsigned flags = 0;
  unsigned char *value = nullptr;
  size_t size = 0;
  ~SecretValue() override {
    if (value != nullptr) explicit_bzero(value, size);
    std::free(value);
  }
  const HandleRef &self() const override { return secret; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret) && args.number(flags); }
  void run() override {
    value = virSecretGetValue(secret.as<virSecretPtr>(), &size, flags);
    if (value == nullptr) fail();
  }
  napi_value result(Js &js) override { return js.bytes(value, size); }
};

}  // namespace

const Entry *entriesNodeOverrides() {
  static const Entry table[] = {
      entry<CpuMap>(),   entry<CpuStats>(),   entry<MemoryStats>(), entry<CellsFree>(),     entry<FreePages>(),
      entry<AllocPages>(), entry<DomainIds>(), entry<SecretValue>(), {nullptr, nullptr},
  };
  return table;
}
