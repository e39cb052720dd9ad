// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectListAllNodeDevices_Call final : Call {
  static constexpr const char *kName = "virConnectListAllNodeDevices";
  HandleRef conn_; HandleList devices_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virNodeDevicePtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virNodeDevicePtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::NodeDevice, found, r, devices_);
  }
  napi_value result(Js &js) override { return js.handles(devices_); }
};

struct virNodeDeviceCreate_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceCreate";
  HandleRef dev_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceCreateXML_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceCreateXML";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNodeDevicePtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::NodeDevice, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNodeDeviceDefineXML_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceDefineXML";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNodeDevicePtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::NodeDevice, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNodeDeviceDestroy_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceDestroy";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceDetachFlags_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceDetachFlags";
  HandleRef dev_; Text driverName_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_) && args.textOrNull(driverName_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>(), driverName_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceDettach_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceDettach";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceGetAutostart_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceGetAutostart";
  HandleRef dev_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr, int *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>(), &autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(autostart_ != 0); }
};

struct virNodeDeviceGetName_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceGetName";
  HandleRef dev_; Text r;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<const char * (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(dev_.as<virNodeDevicePtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virNodeDeviceGetParent_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceGetParent";
  HandleRef dev_; Text r;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<const char * (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(dev_.as<virNodeDevicePtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virNodeDeviceGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceGetXMLDesc";
  HandleRef dev_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virNodeDevicePtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(dev_.as<virNodeDevicePtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virNodeDeviceIsActive_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceIsActive";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virNodeDeviceIsPersistent_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceIsPersistent";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virNodeDeviceListCaps_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceListCaps";
  HandleRef dev_; NameBuffer names_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(dev_.as<virNodeDevicePtr>(), names_.data(), names_.room()); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virNodeDeviceLookupByName_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceLookupByName";
  HandleRef conn_; Text name_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(name_); }
  void run() override {
    static const Symbol<virNodeDevicePtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::NodeDevice, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNodeDeviceLookupSCSIHostByWWN_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceLookupSCSIHostByWWN";
  HandleRef conn_; Text wwnn_; Text wwpn_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(wwnn_) && args.textOrNull(wwpn_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNodeDevicePtr (*)(virConnectPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), wwnn_.get(), wwpn_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::NodeDevice, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNodeDeviceNumOfCaps_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceNumOfCaps";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virNodeDeviceReAttach_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceReAttach";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceReset_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceReset";
  HandleRef dev_; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceSetAutostart_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceSetAutostart";
  HandleRef dev_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_) && args.number(autostart_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr, int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>(), autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeDeviceUndefine_Call final : Call {
  static constexpr const char *kName = "virNodeDeviceUndefine";
  HandleRef dev_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dev_; }
  bool parse(Args &args) override { return args.handle(Kind::NodeDevice, dev_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virNodeDevicePtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dev_.as<virNodeDevicePtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNodeListDevices_Call final : Call {
  static constexpr const char *kName = "virNodeListDevices";
  HandleRef conn_; Text cap_; NameBuffer names_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(cap_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, char **, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(conn_.as<virConnectPtr>(), cap_.get(), names_.data(), names_.room(), flags_); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virNodeNumOfDevices_Call final : Call {
  static constexpr const char *kName = "virNodeNumOfDevices";
  HandleRef conn_; Text cap_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(cap_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), cap_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

}  // namespace

const Entry *entries_libvirt_nodedev() {
  static const Entry table[] = {
    entry<virConnectListAllNodeDevices_Call>(),
    entry<virNodeDeviceCreate_Call>(),
    entry<virNodeDeviceCreateXML_Call>(),
    entry<virNodeDeviceDefineXML_Call>(),
    entry<virNodeDeviceDestroy_Call>(),
    entry<virNodeDeviceDetachFlags_Call>(),
    entry<virNodeDeviceDettach_Call>(),
    entry<virNodeDeviceGetAutostart_Call>(),
    entry<virNodeDeviceGetName_Call>(),
    entry<virNodeDeviceGetParent_Call>(),
    entry<virNodeDeviceGetXMLDesc_Call>(),
    entry<virNodeDeviceIsActive_Call>(),
    entry<virNodeDeviceIsPersistent_Call>(),
    entry<virNodeDeviceListCaps_Call>(),
    entry<virNodeDeviceLookupByName_Call>(),
    entry<virNodeDeviceLookupSCSIHostByWWN_Call>(),
    entry<virNodeDeviceNumOfCaps_Call>(),
    entry<virNodeDeviceReAttach_Call>(),
    entry<virNodeDeviceReset_Call>(),
    entry<virNodeDeviceSetAutostart_Call>(),
    entry<virNodeDeviceUndefine_Call>(),
    entry<virNodeListDevices_Call>(),
    entry<virNodeNumOfDevices_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
