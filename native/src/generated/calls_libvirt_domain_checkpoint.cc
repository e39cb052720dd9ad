// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virDomainCheckpointCreateXML_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointCreateXML";
  HandleRef domain_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainCheckpointPtr (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainCheckpoint, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainCheckpointDelete_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointDelete";
  HandleRef checkpoint_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return checkpoint_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainCheckpoint, checkpoint_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainCheckpointPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(checkpoint_.as<virDomainCheckpointPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainCheckpointGetName_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointGetName";
  HandleRef checkpoint_; Text r;
  const HandleRef &self() const override { return checkpoint_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainCheckpoint, checkpoint_); }
  void run() override {
    static const Symbol<const char * (*)(virDomainCheckpointPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(checkpoint_.as<virDomainCheckpointPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virDomainCheckpointGetParent_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointGetParent";
  HandleRef checkpoint_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return checkpoint_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainCheckpoint, checkpoint_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainCheckpointPtr (*)(virDomainCheckpointPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(checkpoint_.as<virDomainCheckpointPtr>(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainCheckpoint, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainCheckpointGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointGetXMLDesc";
  HandleRef checkpoint_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return checkpoint_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainCheckpoint, checkpoint_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainCheckpointPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(checkpoint_.as<virDomainCheckpointPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainCheckpointListAllChildren_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointListAllChildren";
  HandleRef checkpoint_; HandleList children_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return checkpoint_; }
  bool parse(Args &args) override { return args.handle(Kind::DomainCheckpoint, checkpoint_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainCheckpointPtr, virDomainCheckpointPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(checkpoint_.as<virDomainCheckpointPtr>(), reinterpret_cast<virDomainCheckpointPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::DomainCheckpoint, found, r, children_);
  }
  napi_value result(Js &js) override { return js.handles(children_); }
};

struct virDomainCheckpointLookupByName_Call final : Call {
  static constexpr const char *kName = "virDomainCheckpointLookupByName";
  HandleRef domain_; Text name_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(name_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainCheckpointPtr (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), name_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::DomainCheckpoint, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainListAllCheckpoints_Call final : Call {
  static constexpr const char *kName = "virDomainListAllCheckpoints";
  HandleRef domain_; HandleList checkpoints_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virDomainCheckpointPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(domain_.as<virDomainPtr>(), reinterpret_cast<virDomainCheckpointPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::DomainCheckpoint, found, r, checkpoints_);
  }
  napi_value result(Js &js) override { return js.handles(checkpoints_); }
};

}  // namespace

const Entry *entries_libvirt_domain_checkpoint() {
  static const Entry table[] = {
    entry<virDomainCheckpointCreateXML_Call>(),
    entry<virDomainCheckpointDelete_Call>(),
    entry<virDomainCheckpointGetName_Call>(),
    entry<virDomainCheckpointGetParent_Call>(),
    entry<virDomainCheckpointGetXMLDesc_Call>(),
    entry<virDomainCheckpointListAllChildren_Call>(),
    entry<virDomainCheckpointLookupByName_Call>(),
    entry<virDomainListAllCheckpoints_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
