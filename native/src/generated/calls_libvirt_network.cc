// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectListAllNetworks_Call final : Call {
  static constexpr const char *kName = "virConnectListAllNetworks";
  HandleRef conn_; HandleList nets_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virNetworkPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virNetworkPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::Network, found, r, nets_);
  }
  napi_value result(Js &js) override { return js.handles(nets_); }
};

struct virConnectListDefinedNetworks_Call final : Call {
  static constexpr const char *kName = "virConnectListDefinedNetworks";
  HandleRef conn_; NameBuffer names_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(conn_.as<virConnectPtr>(), names_.data(), names_.room()); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virConnectListNetworks_Call final : Call {
  static constexpr const char *kName = "virConnectListNetworks";
  HandleRef conn_; NameBuffer names_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(conn_.as<virConnectPtr>(), names_.data(), names_.room()); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virConnectNumOfDefinedNetworks_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfDefinedNetworks";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virConnectNumOfNetworks_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfNetworks";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virNetworkCreate_Call final : Call {
  static constexpr const char *kName = "virNetworkCreate";
  HandleRef network_; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNetworkCreateXML_Call final : Call {
  static constexpr const char *kName = "virNetworkCreateXML";
  HandleRef conn_; Text xmlDesc_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get());
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkCreateXMLFlags_Call final : Call {
  static constexpr const char *kName = "virNetworkCreateXMLFlags";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkDefineXML_Call final : Call {
  static constexpr const char *kName = "virNetworkDefineXML";
  HandleRef conn_; Text xml_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get());
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkDefineXMLFlags_Call final : Call {
  static constexpr const char *kName = "virNetworkDefineXMLFlags";
  HandleRef conn_; Text xml_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkDestroy_Call final : Call {
  static constexpr const char *kName = "virNetworkDestroy";
  HandleRef network_; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNetworkGetAutostart_Call final : Call {
  static constexpr const char *kName = "virNetworkGetAutostart";
  HandleRef network_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr, int *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>(), &autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(autostart_ != 0); }
};

struct virNetworkGetBridgeName_Call final : Call {
  static constexpr const char *kName = "virNetworkGetBridgeName";
  HandleRef network_; OwnedText r;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<char * (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(network_.as<virNetworkPtr>());
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virNetworkGetName_Call final : Call {
  static constexpr const char *kName = "virNetworkGetName";
  HandleRef network_; Text r;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<const char * (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(network_.as<virNetworkPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virNetworkGetUUID_Call final : Call {
  static constexpr const char *kName = "virNetworkGetUUID";
  HandleRef network_; unsigned char uuid_[VIR_UUID_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr, unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>(), uuid_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.bytes(uuid_, sizeof uuid_); }
};

struct virNetworkGetUUIDString_Call final : Call {
  static constexpr const char *kName = "virNetworkGetUUIDString";
  HandleRef network_; char buf_[VIR_UUID_STRING_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr, char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>(), buf_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(buf_); }
};

struct virNetworkGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virNetworkGetXMLDesc";
  HandleRef network_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virNetworkPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(network_.as<virNetworkPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virNetworkIsActive_Call final : Call {
  static constexpr const char *kName = "virNetworkIsActive";
  HandleRef net_; int r = 0;
  const HandleRef &self() const override { return net_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, net_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(net_.as<virNetworkPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virNetworkIsPersistent_Call final : Call {
  static constexpr const char *kName = "virNetworkIsPersistent";
  HandleRef net_; int r = 0;
  const HandleRef &self() const override { return net_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, net_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(net_.as<virNetworkPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virNetworkListAllPorts_Call final : Call {
  static constexpr const char *kName = "virNetworkListAllPorts";
  HandleRef network_; HandleList ports_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr, virNetworkPortPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(network_.as<virNetworkPtr>(), reinterpret_cast<virNetworkPortPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::NetworkPort, found, r, ports_);
  }
  napi_value result(Js &js) override { return js.handles(ports_); }
};

struct virNetworkLookupByName_Call final : Call {
  static constexpr const char *kName = "virNetworkLookupByName";
  HandleRef conn_; Text name_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(name_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkLookupByUUID_Call final : Call {
  static constexpr const char *kName = "virNetworkLookupByUUID";
  HandleRef conn_; Uuid uuid_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.uuid(uuid_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuid_.bytes);
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkLookupByUUIDString_Call final : Call {
  static constexpr const char *kName = "virNetworkLookupByUUIDString";
  HandleRef conn_; Text uuidstr_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(uuidstr_); }
  void run() override {
    static const Symbol<virNetworkPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuidstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::Network, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkPortCreateXML_Call final : Call {
  static constexpr const char *kName = "virNetworkPortCreateXML";
  HandleRef net_; Text xmldesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return net_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, net_) && args.text(xmldesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNetworkPortPtr (*)(virNetworkPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(net_.as<virNetworkPtr>(), xmldesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::NetworkPort, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkPortDelete_Call final : Call {
  static constexpr const char *kName = "virNetworkPortDelete";
  HandleRef port_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return port_; }
  bool parse(Args &args) override { return args.handle(Kind::NetworkPort, port_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPortPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(port_.as<virNetworkPortPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNetworkPortGetParameters_Call final : Call {
  static constexpr const char *kName = "virNetworkPortGetParameters";
  HandleRef port_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return port_; }
  bool parse(Args &args) override { return args.handle(Kind::NetworkPort, port_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPortPtr, virTypedParameterPtr *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(port_.as<virNetworkPortPtr>(), &params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virNetworkPortGetUUID_Call final : Call {
  static constexpr const char *kName = "virNetworkPortGetUUID";
  HandleRef port_; unsigned char uuid_[VIR_UUID_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return port_; }
  bool parse(Args &args) override { return args.handle(Kind::NetworkPort, port_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPortPtr, unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(port_.as<virNetworkPortPtr>(), uuid_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.bytes(uuid_, sizeof uuid_); }
};

struct virNetworkPortGetUUIDString_Call final : Call {
  static constexpr const char *kName = "virNetworkPortGetUUIDString";
  HandleRef port_; char buf_[VIR_UUID_STRING_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return port_; }
  bool parse(Args &args) override { return args.handle(Kind::NetworkPort, port_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPortPtr, char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(port_.as<virNetworkPortPtr>(), buf_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(buf_); }
};

struct virNetworkPortGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virNetworkPortGetXMLDesc";
  HandleRef port_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return port_; }
  bool parse(Args &args) override { return args.handle(Kind::NetworkPort, port_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virNetworkPortPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(port_.as<virNetworkPortPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virNetworkPortLookupByUUID_Call final : Call {
  static constexpr const char *kName = "virNetworkPortLookupByUUID";
  HandleRef net_; Uuid uuid_; HandleRef r;
  const HandleRef &self() const override { return net_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, net_) && args.uuid(uuid_); }
  void run() override {
    static const Symbol<virNetworkPortPtr (*)(virNetworkPtr, const unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(net_.as<virNetworkPtr>(), uuid_.bytes);
    if (!raw) return fail();
    r = adopt(Kind::NetworkPort, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkPortLookupByUUIDString_Call final : Call {
  static constexpr const char *kName = "virNetworkPortLookupByUUIDString";
  HandleRef net_; Text uuidstr_; HandleRef r;
  const HandleRef &self() const override { return net_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, net_) && args.text(uuidstr_); }
  void run() override {
    static const Symbol<virNetworkPortPtr (*)(virNetworkPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(net_.as<virNetworkPtr>(), uuidstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::NetworkPort, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNetworkPortSetParameters_Call final : Call {
  static constexpr const char *kName = "virNetworkPortSetParameters";
  HandleRef port_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return port_; }
  bool parse(Args &args) override { return args.handle(Kind::NetworkPort, port_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPortPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(port_.as<virNetworkPortPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNetworkSetAutostart_Call final : Call {
  static constexpr const char *kName = "virNetworkSetAutostart";
  HandleRef network_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_) && args.number(autostart_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr, int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>(), autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNetworkUndefine_Call final : Call {
  static constexpr const char *kName = "virNetworkUndefine";
  HandleRef network_; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNetworkUpdate_Call final : Call {
  static constexpr const char *kName = "virNetworkUpdate";
  HandleRef network_; unsigned int command_ = 0; unsigned int section_ = 0; int parentIndex_ = 0; Text xml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return network_; }
  bool parse(Args &args) override { return args.handle(Kind::Network, network_) && args.number(command_) && args.number(section_) && args.number(parentIndex_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNetworkPtr, unsigned int, unsigned int, int, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(network_.as<virNetworkPtr>(), command_, section_, parentIndex_, xml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_network() {
  static const Entry table[] = {
    entry<virConnectListAllNetworks_Call>(),
    entry<virConnectListDefinedNetworks_Call>(),
    entry<virConnectListNetworks_Call>(),
    entry<virConnectNumOfDefinedNetworks_Call>(),
    entry<virConnectNumOfNetworks_Call>(),
    entry<virNetworkCreate_Call>(),
    entry<virNetworkCreateXML_Call>(),
    entry<virNetworkCreateXMLFlags_Call>(),
    entry<virNetworkDefineXML_Call>(),
    entry<virNetworkDefineXMLFlags_Call>(),
    entry<virNetworkDestroy_Call>(),
    entry<virNetworkGetAutostart_Call>(),
    entry<virNetworkGetBridgeName_Call>(),
    entry<virNetworkGetName_Call>(),
    entry<virNetworkGetUUID_Call>(),
    entry<virNetworkGetUUIDString_Call>(),
    entry<virNetworkGetXMLDesc_Call>(),
    entry<virNetworkIsActive_Call>(),
    entry<virNetworkIsPersistent_Call>(),
    entry<virNetworkListAllPorts_Call>(),
    entry<virNetworkLookupByName_Call>(),
    entry<virNetworkLookupByUUID_Call>(),
    entry<virNetworkLookupByUUIDString_Call>(),
    entry<virNetworkPortCreateXML_Call>(),
    entry<virNetworkPortDelete_Call>(),
    entry<virNetworkPortGetParameters_Call>(),
    entry<virNetworkPortGetUUID_Call>(),
    entry<virNetworkPortGetUUIDString_Call>(),
    entry<virNetworkPortGetXMLDesc_Call>(),
    entry<virNetworkPortLookupByUUID_Call>(),
    entry<virNetworkPortLookupByUUIDString_Call>(),
    entry<virNetworkPortSetParameters_Call>(),
    entry<virNetworkSetAutostart_Call>(),
    entry<virNetworkUndefine_Call>(),
    entry<virNetworkUpdate_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
