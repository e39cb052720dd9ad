// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectListAllInterfaces_Call final : Call {
  static constexpr const char *kName = "virConnectListAllInterfaces";
  HandleRef conn_; HandleList ifaces_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virInterfacePtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virInterfacePtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::Interface, found, r, ifaces_);
  }
  napi_value result(Js &js) override { return js.handles(ifaces_); }
};

struct virConnectListDefinedInterfaces_Call final : Call {
  static constexpr const char *kName = "virConnectListDefinedInterfaces";
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

struct virConnectListInterfaces_Call final : Call {
  static constexpr const char *kName = "virConnectListInterfaces";
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

struct virConnectNumOfDefinedInterfaces_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfDefinedInterfaces";
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

struct virConnectNumOfInterfaces_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfInterfaces";
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

struct virInterfaceChangeBegin_Call final : Call {
  static constexpr const char *kName = "virInterfaceChangeBegin";
  HandleRef conn_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virInterfaceChangeCommit_Call final : Call {
  static constexpr const char *kName = "virInterfaceChangeCommit";
  HandleRef conn_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virInterfaceChangeRollback_Call final : Call {
  static constexpr const char *kName = "virInterfaceChangeRollback";
  HandleRef conn_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virInterfaceCreate_Call final : Call {
  static constexpr const char *kName = "virInterfaceCreate";
  HandleRef iface_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virInterfacePtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(iface_.as<virInterfacePtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virInterfaceDefineXML_Call final : Call {
  static constexpr const char *kName = "virInterfaceDefineXML";
  HandleRef conn_; Text xml_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<virInterfacePtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Interface, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virInterfaceDestroy_Call final : Call {
  static constexpr const char *kName = "virInterfaceDestroy";
  HandleRef iface_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virInterfacePtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(iface_.as<virInterfacePtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virInterfaceGetMACString_Call final : Call {
  static constexpr const char *kName = "virInterfaceGetMACString";
  HandleRef iface_; Text r;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_); }
  void run() override {
    static const Symbol<const char * (*)(virInterfacePtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(iface_.as<virInterfacePtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virInterfaceGetName_Call final : Call {
  static constexpr const char *kName = "virInterfaceGetName";
  HandleRef iface_; Text r;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_); }
  void run() override {
    static const Symbol<const char * (*)(virInterfacePtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(iface_.as<virInterfacePtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virInterfaceGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virInterfaceGetXMLDesc";
  HandleRef iface_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virInterfacePtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(iface_.as<virInterfacePtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virInterfaceIsActive_Call final : Call {
  static constexpr const char *kName = "virInterfaceIsActive";
  HandleRef iface_; int r = 0;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_); }
  void run() override {
    static const Symbol<int (*)(virInterfacePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(iface_.as<virInterfacePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virInterfaceLookupByMACString_Call final : Call {
  static constexpr const char *kName = "virInterfaceLookupByMACString";
  HandleRef conn_; Text macstr_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(macstr_); }
  void run() override {
    static const Symbol<virInterfacePtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), macstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::Interface, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virInterfaceLookupByName_Call final : Call {
  static constexpr const char *kName = "virInterfaceLookupByName";
  HandleRef conn_; Text name_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(name_); }
  void run() override {
    static const Symbol<virInterfacePtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::Interface, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virInterfaceUndefine_Call final : Call {
  static constexpr const char *kName = "virInterfaceUndefine";
  HandleRef iface_; int r = 0;
  const HandleRef &self() const override { return iface_; }
  bool parse(Args &args) override { return args.handle(Kind::Interface, iface_); }
  void run() override {
    static const Symbol<int (*)(virInterfacePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(iface_.as<virInterfacePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_interface() {
  static const Entry table[] = {
    entry<virConnectListAllInterfaces_Call>(),
    entry<virConnectListDefinedInterfaces_Call>(),
    entry<virConnectListInterfaces_Call>(),
    entry<virConnectNumOfDefinedInterfaces_Call>(),
    entry<virConnectNumOfInterfaces_Call>(),
    entry<virInterfaceChangeBegin_Call>(),
    entry<virInterfaceChangeCommit_Call>(),
    entry<virInterfaceChangeRollback_Call>(),
    entry<virInterfaceCreate_Call>(),
    entry<virInterfaceDefineXML_Call>(),
    entry<virInterfaceDestroy_Call>(),
    entry<virInterfaceGetMACString_Call>(),
    entry<virInterfaceGetName_Call>(),
    entry<virInterfaceGetXMLDesc_Call>(),
    entry<virInterfaceIsActive_Call>(),
    entry<virInterfaceLookupByMACString_Call>(),
    entry<virInterfaceLookupByName_Call>(),
    entry<virInterfaceUndefine_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
