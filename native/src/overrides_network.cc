#include "call.h"
#include "overrides.h"

namespace {

struct Leases final : Call {
  static constexpr const char *kName = "virNetworkGetDHCPLeases";
  HandleRef network;
  Text mac;
  unsigned flags = 0;
  virNetworkDHCPLeasePtr *values = nullptr;
  int count = 0;
  ~Leases() override {
    for (int i = 0; i < count; i++) virNetworkDHCPLeaseFree(values[i]);
    std::free(values);
  }
  const HandleRef &self() const override { return network; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network) && args.textOrNull(mac) && args.number(flags); }
  void run() override {
    const int got = virNetworkGetDHCPLeases(network.as<virNetworkPtr>(), mac.get(), &values, flags);
    if (got < 0) return fail();
    count = got;
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) {
      const virNetworkDHCPLease &lease = *values[i];
      js.set(out, i, js.object({
          {"iface", js.text(lease.iface)},
          {"expirytime", js.value(lease.expirytime)},
          {"type", js.value(lease.type)},
          {"mac", js.text(lease.mac)},
          {"iaid", js.text(lease.iaid)},
          {"ipaddr", js.text(lease.ipaddr)},
          {"prefix", js.value(lease.prefix)},
          {"hostname", js.text(lease.hostname)},
          {"clientid", js.text(lease.clientid)},
      }));
    }
    return out;
  }
};

struct Addresses final : Call {
  static constexpr const char *kName = "virDomainInterfaceAddresses";
  HandleRef domain;
  unsigned source = 0, flags = 0;
  virDomainInterfacePtr *values = nullptr;
  int count = 0;
  ~Addresses() override {
    for (int i = 0; i < count; i++) virDomainInterfaceFree(values[i]);
    std::free(values);
  }
  const HandleRef &self() const override { return domain; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain) && args.number(source) && args.number(flags); }
  void run() override {
    const int got = virDomainInterfaceAddresses(domain.as<virDomainPtr>(), &values, source, flags);
    if (got < 0) return fail();
    count = got;
  }
  napi_value result(Js &js) override {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) {
      const virDomainInterface &iface = *values[i];
      napi_value addrs = js.array(iface.naddrs);
      for (unsigned a = 0; a < iface.naddrs; a++) {
        const virDomainIPAddress &address = iface.addrs[a];
        js.set(addrs, a, js.object({{"type", js.value(address.type)}, {"addr", js.text(address.addr)}, {"prefix", js.value(address.prefix)}}));
      }
      js.set(out, i, js.object({{"name", js.text(iface.name)}, {"hwaddr", js.text(iface.hwaddr)}, {"addrs", addrs}}));
    }
    return out;
  }
};

}  // namespace

const Entry *entriesNetworkOverrides() {
  static const Entry table[] = {entry<Leases>(), entry<Addresses>(), {nullptr, nullptr}};
  return table;
}
