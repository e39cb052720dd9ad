// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virDomainHasCurrentSnapshot_Call final : Call {
  static constexpr const char *kName = "virDomainHasCurrentSnapshot";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainListAllSnapshots_Call final : Call {
  static constexpr const char *kName = "virDomainListAllSnapshots";
  HandleRef domain_; HandleList snaps_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virDomainSnapshotPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(domain_.as<virDomainPtr>(), reinterpret_cast<virDomainSnapshotPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::DomainSnapshot, found, r, snaps_);
  }
  napi_value result(Js &js) override { return js.handles(snaps_); }
};

struct virDomainRevertToSnapshot_Call final : Call {
  static constexpr const char *kName = "virDomainRevertToSnapshot";
  HandleRef snapshot_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSnapshotCreateXML_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotCreateXML";
  HandleRef domain_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainSnapshotPtr (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainSnapshot, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainSnapshotCurrent_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotCurrent";
  HandleRef domain_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainSnapshotPtr (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainSnapshot, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainSnapshotDelete_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotDelete";
  HandleRef snapshot_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSnapshotGetName_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotGetName";
  HandleRef snapshot_; Text r;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_); }
  void run() override {
    static const Symbol<const char * (*)(virDomainSnapshotPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(snapshot_.as<virDomainSnapshotPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virDomainSnapshotGetParent_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotGetParent";
  HandleRef snapshot_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainSnapshotPtr (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainSnapshot, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainSnapshotGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotGetXMLDesc";
  HandleRef snapshot_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainSnapshotHasMetadata_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotHasMetadata";
  HandleRef snapshot_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainSnapshotIsCurrent_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotIsCurrent";
  HandleRef snapshot_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainSnapshotListAllChildren_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotListAllChildren";
  HandleRef snapshot_; HandleList snaps_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, virDomainSnapshotPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(snapshot_.as<virDomainSnapshotPtr>(), reinterpret_cast<virDomainSnapshotPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::DomainSnapshot, found, r, snaps_);
  }
  napi_value result(Js &js) override { return js.handles(snaps_); }
};

struct virDomainSnapshotListChildrenNames_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotListChildrenNames";
  HandleRef snapshot_; NameBuffer names_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, char **, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(snapshot_.as<virDomainSnapshotPtr>(), names_.data(), names_.room(), flags_); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virDomainSnapshotListNames_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotListNames";
  HandleRef domain_; NameBuffer names_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, char **, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(domain_.as<virDomainPtr>(), names_.data(), names_.room(), flags_); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virDomainSnapshotLookupByName_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotLookupByName";
  HandleRef domain_; Text name_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(name_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainSnapshotPtr (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), name_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainSnapshot, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainSnapshotNum_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotNum";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virDomainSnapshotNumChildren_Call final : Call {
  static constexpr const char *kName = "virDomainSnapshotNumChildren";
  HandleRef snapshot_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return snapshot_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainSnapshot, snapshot_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainSnapshotPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(snapshot_.as<virDomainSnapshotPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

}  // namespace

const Entry *entries_libvirt_domain_snapshot() {
  static const Entry table[] = {
    entry<virDomainHasCurrentSnapshot_Call>(),
    entry<virDomainListAllSnapshots_Call>(),
    entry<virDomainRevertToSnapshot_Call>(),
    entry<virDomainSnapshotCreateXML_Call>(),
    entry<virDomainSnapshotCurrent_Call>(),
    entry<virDomainSnapshotDelete_Call>(),
    entry<virDomainSnapshotGetName_Call>(),
    entry<virDomainSnapshotGetParent_Call>(),
    entry<virDomainSnapshotGetXMLDesc_Call>(),
    entry<virDomainSnapshotHasMetadata_Call>(),
    entry<virDomainSnapshotIsCurrent_Call>(),
    entry<virDomainSnapshotListAllChildren_Call>(),
    entry<virDomainSnapshotListChildrenNames_Call>(),
    entry<virDomainSnapshotListNames_Call>(),
    entry<virDomainSnapshotLookupByName_Call>(),
    entry<virDomainSnapshotNum_Call>(),
    entry<virDomainSnapshotNumChildren_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
