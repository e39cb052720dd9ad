// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectListAllSecrets_Call final : Call {
  static constexpr const char *kName = "virConnectListAllSecrets";
  HandleRef conn_; HandleList secrets_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virSecretPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virSecretPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::Secret, found, r, secrets_);
  }
  napi_value result(Js &js) override { return js.handles(secrets_); }
};

struct virConnectListSecrets_Call final : Call {
  static constexpr const char *kName = "virConnectListSecrets";
  HandleRef conn_; NameBuffer uuids_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(conn_.as<virConnectPtr>(), uuids_.data(), uuids_.room()); while (uuids_.mustGrow(r));
    if (r < 0) return fail();
    uuids_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(uuids_.data(), uuids_.count); }
};

struct virConnectNumOfSecrets_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfSecrets";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virSecretDefineXML_Call final : Call {
  static constexpr const char *kName = "virSecretDefineXML";
  HandleRef conn_; Text xml_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<virSecretPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Secret, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virSecretGetUUID_Call final : Call {
  static constexpr const char *kName = "virSecretGetUUID";
  HandleRef secret_; unsigned char uuid_[VIR_UUID_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_); }
  void run() override {
    static const Symbol<int (*)(virSecretPtr, unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(secret_.as<virSecretPtr>(), uuid_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.bytes(uuid_, sizeof uuid_); }
};

struct virSecretGetUUIDString_Call final : Call {
  static constexpr const char *kName = "virSecretGetUUIDString";
  HandleRef secret_; char buf_[VIR_UUID_STRING_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_); }
  void run() override {
    static const Symbol<int (*)(virSecretPtr, char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(secret_.as<virSecretPtr>(), buf_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(buf_); }
};

struct virSecretGetUsageID_Call final : Call {
  static constexpr const char *kName = "virSecretGetUsageID";
  HandleRef secret_; Text r;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_); }
  void run() override {
    static const Symbol<const char * (*)(virSecretPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(secret_.as<virSecretPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virSecretGetUsageType_Call final : Call {
  static constexpr const char *kName = "virSecretGetUsageType";
  HandleRef secret_; int r = 0;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_); }
  void run() override {
    static const Symbol<int (*)(virSecretPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(secret_.as<virSecretPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virSecretGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virSecretGetXMLDesc";
  HandleRef secret_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virSecretPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(secret_.as<virSecretPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virSecretLookupByUUID_Call final : Call {
  static constexpr const char *kName = "virSecretLookupByUUID";
  HandleRef conn_; Uuid uuid_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.uuid(uuid_); }
  void run() override {
    static const Symbol<virSecretPtr (*)(virConnectPtr, const unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuid_.bytes);
    if (!raw) return fail();
    r = adopt(Kind::Secret, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virSecretLookupByUUIDString_Call final : Call {
  static constexpr const char *kName = "virSecretLookupByUUIDString";
  HandleRef conn_; Text uuidstr_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(uuidstr_); }
  void run() override {
    static const Symbol<virSecretPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuidstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::Secret, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virSecretLookupByUsage_Call final : Call {
  static constexpr const char *kName = "virSecretLookupByUsage";
  HandleRef conn_; int usageType_ = 0; Text usageID_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(usageType_) && args.textOrNull(usageID_); }
  void run() override {
    static const Symbol<virSecretPtr (*)(virConnectPtr, int, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), usageType_, usageID_.get());
    if (!raw) return fail();
    r = adopt(Kind::Secret, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virSecretSetValue_Call final : Call {
  static constexpr const char *kName = "virSecretSetValue";
  HandleRef secret_; Bytes value_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_) && args.bytes(value_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virSecretPtr, const unsigned char *, size_t, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(secret_.as<virSecretPtr>(), value_.data(), static_cast<size_t>(value_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virSecretUndefine_Call final : Call {
  static constexpr const char *kName = "virSecretUndefine";
  HandleRef secret_; int r = 0;
  const HandleRef &self() const override { return secret_; }
  bool parse(Args &args) override { return args.handle(Kind::Secret, secret_); }
  void run() override {
    static const Symbol<int (*)(virSecretPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(secret_.as<virSecretPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_secret() {
  static const Entry table[] = {
    entry<virConnectListAllSecrets_Call>(),
    entry<virConnectListSecrets_Call>(),
    entry<virConnectNumOfSecrets_Call>(),
    entry<virSecretDefineXML_Call>(),
    entry<virSecretGetUUID_Call>(),
    entry<virSecretGetUUIDString_Call>(),
    entry<virSecretGetUsageID_Call>(),
    entry<virSecretGetUsageType_Call>(),
    entry<virSecretGetXMLDesc_Call>(),
    entry<virSecretLookupByUUID_Call>(),
    entry<virSecretLookupByUUIDString_Call>(),
    entry<virSecretLookupByUsage_Call>(),
    entry<virSecretSetValue_Call>(),
    entry<virSecretUndefine_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
