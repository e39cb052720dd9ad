// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectListAllNWFilterBindings_Call final : Call {
  static constexpr const char *kName = "virConnectListAllNWFilterBindings";
  HandleRef conn_; HandleList bindings_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virNWFilterBindingPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virNWFilterBindingPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::NWFilterBinding, found, r, bindings_);
  }
  napi_value result(Js &js) override { return js.handles(bindings_); }
};

struct virConnectListAllNWFilters_Call final : Call {
  static constexpr const char *kName = "virConnectListAllNWFilters";
  HandleRef conn_; HandleList filters_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virNWFilterPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virNWFilterPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::NWFilter, found, r, filters_);
  }
  napi_value result(Js &js) override { return js.handles(filters_); }
};

struct virConnectListNWFilters_Call final : Call {
  static constexpr const char *kName = "virConnectListNWFilters";
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

struct virConnectNumOfNWFilters_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfNWFilters";
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

struct virNWFilterBindingCreateXML_Call final : Call {
  static constexpr const char *kName = "virNWFilterBindingCreateXML";
  HandleRef conn_; Text xml_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNWFilterBindingPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::NWFilterBinding, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterBindingDelete_Call final : Call {
  static constexpr const char *kName = "virNWFilterBindingDelete";
  HandleRef binding_; int r = 0;
  const HandleRef &self() const override { return binding_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilterBinding, binding_); }
  void run() override {
    static const Symbol<int (*)(virNWFilterBindingPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(binding_.as<virNWFilterBindingPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virNWFilterBindingGetFilterName_Call final : Call {
  static constexpr const char *kName = "virNWFilterBindingGetFilterName";
  HandleRef binding_; Text r;
  const HandleRef &self() const override { return binding_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilterBinding, binding_); }
  void run() override {
    static const Symbol<const char * (*)(virNWFilterBindingPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(binding_.as<virNWFilterBindingPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virNWFilterBindingGetPortDev_Call final : Call {
  static constexpr const char *kName = "virNWFilterBindingGetPortDev";
  HandleRef binding_; Text r;
  const HandleRef &self() const override { return binding_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilterBinding, binding_); }
  void run() override {
    static const Symbol<const char * (*)(virNWFilterBindingPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(binding_.as<virNWFilterBindingPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virNWFilterBindingGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virNWFilterBindingGetXMLDesc";
  HandleRef binding_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return binding_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilterBinding, binding_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virNWFilterBindingPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(binding_.as<virNWFilterBindingPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virNWFilterBindingLookupByPortDev_Call final : Call {
  static constexpr const char *kName = "virNWFilterBindingLookupByPortDev";
  HandleRef conn_; Text portdev_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(portdev_); }
  void run() override {
    static const Symbol<virNWFilterBindingPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), portdev_.get());
    if (!raw) return fail();
    r = adopt(Kind::NWFilterBinding, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterDefineXML_Call final : Call {
  static constexpr const char *kName = "virNWFilterDefineXML";
  HandleRef conn_; Text xmlDesc_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_); }
  void run() override {
    static const Symbol<virNWFilterPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get());
    if (!raw) return fail();
    r = adopt(Kind::NWFilter, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterDefineXMLFlags_Call final : Call {
  static constexpr const char *kName = "virNWFilterDefineXMLFlags";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virNWFilterPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::NWFilter, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterGetName_Call final : Call {
  static constexpr const char *kName = "virNWFilterGetName";
  HandleRef nwfilter_; Text r;
  const HandleRef &self() const override { return nwfilter_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilter, nwfilter_); }
  void run() override {
    static const Symbol<const char * (*)(virNWFilterPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(nwfilter_.as<virNWFilterPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virNWFilterGetUUID_Call final : Call {
  static constexpr const char *kName = "virNWFilterGetUUID";
  HandleRef nwfilter_; unsigned char uuid_[VIR_UUID_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return nwfilter_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilter, nwfilter_); }
  void run() override {
    static const Symbol<int (*)(virNWFilterPtr, unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(nwfilter_.as<virNWFilterPtr>(), uuid_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.bytes(uuid_, sizeof uuid_); }
};

struct virNWFilterGetUUIDString_Call final : Call {
  static constexpr const char *kName = "virNWFilterGetUUIDString";
  HandleRef nwfilter_; char buf_[VIR_UUID_STRING_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return nwfilter_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilter, nwfilter_); }
  void run() override {
    static const Symbol<int (*)(virNWFilterPtr, char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(nwfilter_.as<virNWFilterPtr>(), buf_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(buf_); }
};

struct virNWFilterGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virNWFilterGetXMLDesc";
  HandleRef nwfilter_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return nwfilter_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilter, nwfilter_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virNWFilterPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(nwfilter_.as<virNWFilterPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virNWFilterLookupByName_Call final : Call {
  static constexpr const char *kName = "virNWFilterLookupByName";
  HandleRef conn_; Text name_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(name_); }
  void run() override {
    static const Symbol<virNWFilterPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::NWFilter, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterLookupByUUID_Call final : Call {
  static constexpr const char *kName = "virNWFilterLookupByUUID";
  HandleRef conn_; Uuid uuid_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.uuid(uuid_); }
  void run() override {
    static const Symbol<virNWFilterPtr (*)(virConnectPtr, const unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuid_.bytes);
    if (!raw) return fail();
    r = adopt(Kind::NWFilter, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterLookupByUUIDString_Call final : Call {
  static constexpr const char *kName = "virNWFilterLookupByUUIDString";
  HandleRef conn_; Text uuidstr_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(uuidstr_); }
  void run() override {
    static const Symbol<virNWFilterPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuidstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::NWFilter, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virNWFilterUndefine_Call final : Call {
  static constexpr const char *kName = "virNWFilterUndefine";
  HandleRef nwfilter_; int r = 0;
  const HandleRef &self() const override { return nwfilter_; }
  bool parse(Args &args) override { return args.handle(Kind::NWFilter, nwfilter_); }
  void run() override {
    static const Symbol<int (*)(virNWFilterPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(nwfilter_.as<virNWFilterPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_nwfilter() {
  static const Entry table[] = {
    entry<virConnectListAllNWFilterBindings_Call>(),
    entry<virConnectListAllNWFilters_Call>(),
    entry<virConnectListNWFilters_Call>(),
    entry<virConnectNumOfNWFilters_Call>(),
    entry<virNWFilterBindingCreateXML_Call>(),
    entry<virNWFilterBindingDelete_Call>(),
    entry<virNWFilterBindingGetFilterName_Call>(),
    entry<virNWFilterBindingGetPortDev_Call>(),
    entry<virNWFilterBindingGetXMLDesc_Call>(),
    entry<virNWFilterBindingLookupByPortDev_Call>(),
    entry<virNWFilterDefineXML_Call>(),
    entry<virNWFilterDefineXMLFlags_Call>(),
    entry<virNWFilterGetName_Call>(),
    entry<virNWFilterGetUUID_Call>(),
    entry<virNWFilterGetUUIDString_Call>(),
    entry<virNWFilterGetXMLDesc_Call>(),
    entry<virNWFilterLookupByName_Call>(),
    entry<virNWFilterLookupByUUID_Call>(),
    entry<virNWFilterLookupByUUIDString_Call>(),
    entry<virNWFilterUndefine_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
