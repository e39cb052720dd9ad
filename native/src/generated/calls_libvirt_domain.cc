// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectDomainXMLFromNative_Call final : Call {
  static constexpr const char *kName = "virConnectDomainXMLFromNative";
  HandleRef conn_; Text nativeFormat_; Text nativeConfig_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(nativeFormat_) && args.text(nativeConfig_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), nativeFormat_.get(), nativeConfig_.get(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectDomainXMLToNative_Call final : Call {
  static constexpr const char *kName = "virConnectDomainXMLToNative";
  HandleRef conn_; Text nativeFormat_; Text domainXml_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(nativeFormat_) && args.text(domainXml_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), nativeFormat_.get(), domainXml_.get(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectGetDomainCapabilities_Call final : Call {
  static constexpr const char *kName = "virConnectGetDomainCapabilities";
  HandleRef conn_; Text emulatorbin_; Text arch_; Text machine_; Text virttype_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(emulatorbin_) && args.textOrNull(arch_) && args.textOrNull(machine_) && args.textOrNull(virttype_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char *, const char *, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), emulatorbin_.get(), arch_.get(), machine_.get(), virttype_.get(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectListAllDomains_Call final : Call {
  static constexpr const char *kName = "virConnectListAllDomains";
  HandleRef conn_; HandleList domains_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virDomainPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virDomainPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::Domain, found, r, domains_);
  }
  napi_value result(Js &js) override { return js.handles(domains_); }
};

struct virConnectListDefinedDomains_Call final : Call {
  static constexpr const char *kName = "virConnectListDefinedDomains";
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

struct virConnectNumOfDefinedDomains_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfDefinedDomains";
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

struct virConnectNumOfDomains_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfDomains";
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

struct virDomainAbortJob_Call final : Call {
  static constexpr const char *kName = "virDomainAbortJob";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainAbortJobFlags_Call final : Call {
  static constexpr const char *kName = "virDomainAbortJobFlags";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainAddIOThread_Call final : Call {
  static constexpr const char *kName = "virDomainAddIOThread";
  HandleRef domain_; unsigned int iothreadId_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(iothreadId_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), iothreadId_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainAgentSetResponseTimeout_Call final : Call {
  static constexpr const char *kName = "virDomainAgentSetResponseTimeout";
  HandleRef domain_; int timeout_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(timeout_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), timeout_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainAttachDevice_Call final : Call {
  static constexpr const char *kName = "virDomainAttachDevice";
  HandleRef domain_; Text xml_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xml_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), xml_.get());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainAttachDeviceFlags_Call final : Call {
  static constexpr const char *kName = "virDomainAttachDeviceFlags";
  HandleRef domain_; Text xml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), xml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainAuthorizedSSHKeysGet_Call final : Call {
  static constexpr const char *kName = "virDomainAuthorizedSSHKeysGet";
  HandleRef domain_; Text user_; TextList keys_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(user_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, char ***, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), user_.get(), &keys_.values, flags_);
    if (r < 0) return fail();
    keys_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(keys_.values, keys_.count); }
};

struct virDomainAuthorizedSSHKeysSet_Call final : Call {
  static constexpr const char *kName = "virDomainAuthorizedSSHKeysSet";
  HandleRef domain_; Text user_; Texts keys_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(user_) && args.texts(keys_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char **, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), user_.get(), keys_.data(), static_cast<unsigned int>(keys_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBackupBegin_Call final : Call {
  static constexpr const char *kName = "virDomainBackupBegin";
  HandleRef domain_; Text backupXML_; Text checkpointXML_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(backupXML_) && args.textOrNull(checkpointXML_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), backupXML_.get(), checkpointXML_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBackupGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virDomainBackupGetXMLDesc";
  HandleRef domain_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainBlockCommit_Call final : Call {
  static constexpr const char *kName = "virDomainBlockCommit";
  HandleRef dom_; Text disk_; Text base_; Text top_; unsigned long bandwidth_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.textOrNull(base_) && args.textOrNull(top_) && args.number(bandwidth_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, const char *, unsigned long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), base_.get(), top_.get(), bandwidth_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockCopy_Call final : Call {
  static constexpr const char *kName = "virDomainBlockCopy";
  HandleRef dom_; Text disk_; Text destxml_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.textOrNull(destxml_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), destxml_.get(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockJobAbort_Call final : Call {
  static constexpr const char *kName = "virDomainBlockJobAbort";
  HandleRef dom_; Text disk_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockJobSetSpeed_Call final : Call {
  static constexpr const char *kName = "virDomainBlockJobSetSpeed";
  HandleRef dom_; Text disk_; unsigned long bandwidth_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.number(bandwidth_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), bandwidth_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockPull_Call final : Call {
  static constexpr const char *kName = "virDomainBlockPull";
  HandleRef dom_; Text disk_; unsigned long bandwidth_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.number(bandwidth_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), bandwidth_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockRebase_Call final : Call {
  static constexpr const char *kName = "virDomainBlockRebase";
  HandleRef dom_; Text disk_; Text base_; unsigned long bandwidth_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.textOrNull(base_) && args.number(bandwidth_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, unsigned long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), base_.get(), bandwidth_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockResize_Call final : Call {
  static constexpr const char *kName = "virDomainBlockResize";
  HandleRef dom_; Text disk_; unsigned long long size_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.number(size_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), size_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainBlockStats_Call final : Call {
  static constexpr const char *kName = "virDomainBlockStats";
  HandleRef dom_; Text disk_; virDomainBlockStatsStruct stats_ = {}; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virDomainBlockStatsPtr, size_t)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), &stats_, sizeof stats_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"rd_req", js.value(stats_.rd_req)}, {"rd_bytes", js.value(stats_.rd_bytes)}, {"wr_req", js.value(stats_.wr_req)}, {"wr_bytes", js.value(stats_.wr_bytes)}, {"errs", js.value(stats_.errs)}}); }
};

struct virDomainBlockStatsFlags_Call final : Call {
  static constexpr const char *kName = "virDomainBlockStatsFlags";
  HandleRef dom_; Text disk_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(dom_.as<virDomainPtr>(), disk_.get(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainCoreDump_Call final : Call {
  static constexpr const char *kName = "virDomainCoreDump";
  HandleRef domain_; Text to_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(to_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), to_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainCoreDumpWithFormat_Call final : Call {
  static constexpr const char *kName = "virDomainCoreDumpWithFormat";
  HandleRef domain_; Text to_; unsigned int dumpformat_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(to_) && args.number(dumpformat_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), to_.get(), dumpformat_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainCreate_Call final : Call {
  static constexpr const char *kName = "virDomainCreate";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainCreateLinux_Call final : Call {
  static constexpr const char *kName = "virDomainCreateLinux";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainCreateWithFlags_Call final : Call {
  static constexpr const char *kName = "virDomainCreateWithFlags";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainCreateXML_Call final : Call {
  static constexpr const char *kName = "virDomainCreateXML";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainDefineXML_Call final : Call {
  static constexpr const char *kName = "virDomainDefineXML";
  HandleRef conn_; Text xml_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get());
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainDefineXMLFlags_Call final : Call {
  static constexpr const char *kName = "virDomainDefineXMLFlags";
  HandleRef conn_; Text xml_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainDelIOThread_Call final : Call {
  static constexpr const char *kName = "virDomainDelIOThread";
  HandleRef domain_; unsigned int iothreadId_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(iothreadId_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), iothreadId_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainDestroy_Call final : Call {
  static constexpr const char *kName = "virDomainDestroy";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainDestroyFlags_Call final : Call {
  static constexpr const char *kName = "virDomainDestroyFlags";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainDetachDevice_Call final : Call {
  static constexpr const char *kName = "virDomainDetachDevice";
  HandleRef domain_; Text xml_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xml_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), xml_.get());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainDetachDeviceAlias_Call final : Call {
  static constexpr const char *kName = "virDomainDetachDeviceAlias";
  HandleRef domain_; Text alias_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(alias_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), alias_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainDetachDeviceFlags_Call final : Call {
  static constexpr const char *kName = "virDomainDetachDeviceFlags";
  HandleRef domain_; Text xml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), xml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainFSFreeze_Call final : Call {
  static constexpr const char *kName = "virDomainFSFreeze";
  HandleRef dom_; Texts mountpoints_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.texts(mountpoints_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char **, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), mountpoints_.data(), static_cast<unsigned int>(mountpoints_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virDomainFSThaw_Call final : Call {
  static constexpr const char *kName = "virDomainFSThaw";
  HandleRef dom_; Texts mountpoints_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.texts(mountpoints_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char **, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), mountpoints_.data(), static_cast<unsigned int>(mountpoints_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virDomainFSTrim_Call final : Call {
  static constexpr const char *kName = "virDomainFSTrim";
  HandleRef dom_; Text mountPoint_; unsigned long long minimum_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.textOrNull(mountPoint_) && args.number(minimum_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), mountPoint_.get(), minimum_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainGetAutostart_Call final : Call {
  static constexpr const char *kName = "virDomainGetAutostart";
  HandleRef domain_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(autostart_ != 0); }
};

struct virDomainGetBlkioParameters_Call final : Call {
  static constexpr const char *kName = "virDomainGetBlkioParameters";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(domain_.as<virDomainPtr>(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(domain_.as<virDomainPtr>(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetBlockInfo_Call final : Call {
  static constexpr const char *kName = "virDomainGetBlockInfo";
  HandleRef domain_; Text disk_; virDomainBlockInfo info_ = {}; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(disk_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virDomainBlockInfoPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), disk_.get(), &info_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"capacity", js.value(info_.capacity)}, {"allocation", js.value(info_.allocation)}, {"physical", js.value(info_.physical)}}); }
};

struct virDomainGetBlockIoTune_Call final : Call {
  static constexpr const char *kName = "virDomainGetBlockIoTune";
  HandleRef dom_; Text disk_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(dom_.as<virDomainPtr>(), disk_.get(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetControlInfo_Call final : Call {
  static constexpr const char *kName = "virDomainGetControlInfo";
  HandleRef domain_; virDomainControlInfo info_ = {}; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virDomainControlInfoPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &info_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"state", js.value(info_.state)}, {"details", js.value(info_.details)}, {"stateTime", js.value(info_.stateTime)}}); }
};

struct virDomainGetGuestInfo_Call final : Call {
  static constexpr const char *kName = "virDomainGetGuestInfo";
  HandleRef domain_; unsigned int types_ = 0; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(types_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, virTypedParameterPtr *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), types_, &params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetGuestVcpus_Call final : Call {
  static constexpr const char *kName = "virDomainGetGuestVcpus";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr *, unsigned int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &params_.values, reinterpret_cast<unsigned int *>(&params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetHostname_Call final : Call {
  static constexpr const char *kName = "virDomainGetHostname";
  HandleRef domain_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainGetID_Call final : Call {
  static constexpr const char *kName = "virDomainGetID";
  HandleRef domain_; unsigned int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<unsigned int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r == static_cast<unsigned>(-1) && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virDomainGetInfo_Call final : Call {
  static constexpr const char *kName = "virDomainGetInfo";
  HandleRef domain_; virDomainInfo info_ = {}; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virDomainInfoPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &info_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"state", js.value(info_.state)}, {"maxMem", js.value(info_.maxMem)}, {"memory", js.value(info_.memory)}, {"nrVirtCpu", js.value(info_.nrVirtCpu)}, {"cpuTime", js.value(info_.cpuTime)}}); }
};

struct virDomainGetInterfaceParameters_Call final : Call {
  static constexpr const char *kName = "virDomainGetInterfaceParameters";
  HandleRef domain_; Text device_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(device_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(domain_.as<virDomainPtr>(), device_.get(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(domain_.as<virDomainPtr>(), device_.get(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetJobInfo_Call final : Call {
  static constexpr const char *kName = "virDomainGetJobInfo";
  HandleRef domain_; virDomainJobInfo info_ = {}; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virDomainJobInfoPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &info_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"type", js.value(info_.type)}, {"timeElapsed", js.value(info_.timeElapsed)}, {"timeRemaining", js.value(info_.timeRemaining)}, {"dataTotal", js.value(info_.dataTotal)}, {"dataProcessed", js.value(info_.dataProcessed)}, {"dataRemaining", js.value(info_.dataRemaining)}, {"memTotal", js.value(info_.memTotal)}, {"memProcessed", js.value(info_.memProcessed)}, {"memRemaining", js.value(info_.memRemaining)}, {"fileTotal", js.value(info_.fileTotal)}, {"fileProcessed", js.value(info_.fileProcessed)}, {"fileRemaining", js.value(info_.fileRemaining)}}); }
};

struct virDomainGetJobStats_Call final : Call {
  static constexpr const char *kName = "virDomainGetJobStats";
  HandleRef domain_; int type_ = 0; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int *, virTypedParameterPtr *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &type_, &params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"type", js.value(type_)}, {"params", js.params(params_.values, params_.count)}}); }
};

struct virDomainGetLaunchSecurityInfo_Call final : Call {
  static constexpr const char *kName = "virDomainGetLaunchSecurityInfo";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetMaxMemory_Call final : Call {
  static constexpr const char *kName = "virDomainGetMaxMemory";
  HandleRef domain_; unsigned long r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<unsigned long (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r == 0 && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virDomainGetMaxVcpus_Call final : Call {
  static constexpr const char *kName = "virDomainGetMaxVcpus";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virDomainGetMemoryParameters_Call final : Call {
  static constexpr const char *kName = "virDomainGetMemoryParameters";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(domain_.as<virDomainPtr>(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(domain_.as<virDomainPtr>(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetMessages_Call final : Call {
  static constexpr const char *kName = "virDomainGetMessages";
  HandleRef domain_; TextList msgs_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, char ***, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &msgs_.values, flags_);
    if (r < 0) return fail();
    msgs_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(msgs_.values, msgs_.count); }
};

struct virDomainGetMetadata_Call final : Call {
  static constexpr const char *kName = "virDomainGetMetadata";
  HandleRef domain_; int type_ = 0; Text uri_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(type_) && args.textOrNull(uri_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, int, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), type_, uri_.get(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainGetName_Call final : Call {
  static constexpr const char *kName = "virDomainGetName";
  HandleRef domain_; Text r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<const char * (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(domain_.as<virDomainPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virDomainGetNumaParameters_Call final : Call {
  static constexpr const char *kName = "virDomainGetNumaParameters";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(domain_.as<virDomainPtr>(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(domain_.as<virDomainPtr>(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetOSType_Call final : Call {
  static constexpr const char *kName = "virDomainGetOSType";
  HandleRef domain_; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>());
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainGetPerfEvents_Call final : Call {
  static constexpr const char *kName = "virDomainGetPerfEvents";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetSchedulerParametersFlags_Call final : Call {
  static constexpr const char *kName = "virDomainGetSchedulerParametersFlags";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    params_.reserve(kSchedulerParams);
    r = fn(domain_.as<virDomainPtr>(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virDomainGetSecurityLabel_Call final : Call {
  static constexpr const char *kName = "virDomainGetSecurityLabel";
  HandleRef domain_; virSecurityLabel seclabel_ = {}; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virSecurityLabelPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &seclabel_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"label", js.value(seclabel_.label)}, {"enforcing", js.value(seclabel_.enforcing)}}); }
};

struct virDomainGetState_Call final : Call {
  static constexpr const char *kName = "virDomainGetState";
  HandleRef domain_; int state_ = 0; int reason_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &state_, &reason_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"state", js.value(state_)}, {"reason", js.value(reason_)}}); }
};

struct virDomainGetTime_Call final : Call {
  static constexpr const char *kName = "virDomainGetTime";
  HandleRef dom_; long long seconds_ = 0; unsigned int nseconds_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, long long *, unsigned int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), &seconds_, &nseconds_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"seconds", js.value(seconds_)}, {"nseconds", js.value(nseconds_)}}); }
};

struct virDomainGetUUID_Call final : Call {
  static constexpr const char *kName = "virDomainGetUUID";
  HandleRef domain_; unsigned char uuid_[VIR_UUID_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), uuid_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.bytes(uuid_, sizeof uuid_); }
};

struct virDomainGetUUIDString_Call final : Call {
  static constexpr const char *kName = "virDomainGetUUIDString";
  HandleRef domain_; char buf_[VIR_UUID_STRING_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), buf_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(buf_); }
};

struct virDomainGetVcpusFlags_Call final : Call {
  static constexpr const char *kName = "virDomainGetVcpusFlags";
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

struct virDomainGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virDomainGetXMLDesc";
  HandleRef domain_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainHasManagedSaveImage_Call final : Call {
  static constexpr const char *kName = "virDomainHasManagedSaveImage";
  HandleRef dom_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainInjectNMI_Call final : Call {
  static constexpr const char *kName = "virDomainInjectNMI";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainInterfaceStats_Call final : Call {
  static constexpr const char *kName = "virDomainInterfaceStats";
  HandleRef dom_; Text device_; virDomainInterfaceStatsStruct stats_ = {}; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.textOrNull(device_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virDomainInterfaceStatsPtr, size_t)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), device_.get(), &stats_, sizeof stats_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"rx_bytes", js.value(stats_.rx_bytes)}, {"rx_packets", js.value(stats_.rx_packets)}, {"rx_errs", js.value(stats_.rx_errs)}, {"rx_drop", js.value(stats_.rx_drop)}, {"tx_bytes", js.value(stats_.tx_bytes)}, {"tx_packets", js.value(stats_.tx_packets)}, {"tx_errs", js.value(stats_.tx_errs)}, {"tx_drop", js.value(stats_.tx_drop)}}); }
};

struct virDomainIsActive_Call final : Call {
  static constexpr const char *kName = "virDomainIsActive";
  HandleRef dom_; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainIsPersistent_Call final : Call {
  static constexpr const char *kName = "virDomainIsPersistent";
  HandleRef dom_; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainIsUpdated_Call final : Call {
  static constexpr const char *kName = "virDomainIsUpdated";
  HandleRef dom_; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virDomainLookupByID_Call final : Call {
  static constexpr const char *kName = "virDomainLookupByID";
  HandleRef conn_; int id_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(id_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), id_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainLookupByName_Call final : Call {
  static constexpr const char *kName = "virDomainLookupByName";
  HandleRef conn_; Text name_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(name_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainLookupByUUID_Call final : Call {
  static constexpr const char *kName = "virDomainLookupByUUID";
  HandleRef conn_; Uuid uuid_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.uuid(uuid_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuid_.bytes);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainLookupByUUIDString_Call final : Call {
  static constexpr const char *kName = "virDomainLookupByUUIDString";
  HandleRef conn_; Text uuidstr_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(uuidstr_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuidstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainManagedSave_Call final : Call {
  static constexpr const char *kName = "virDomainManagedSave";
  HandleRef dom_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainManagedSaveDefineXML_Call final : Call {
  static constexpr const char *kName = "virDomainManagedSaveDefineXML";
  HandleRef domain_; Text dxml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(dxml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), dxml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainManagedSaveGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virDomainManagedSaveGetXMLDesc";
  HandleRef domain_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainManagedSaveRemove_Call final : Call {
  static constexpr const char *kName = "virDomainManagedSaveRemove";
  HandleRef dom_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrate_Call final : Call {
  static constexpr const char *kName = "virDomainMigrate";
  HandleRef domain_; HandleRef dconn_; unsigned long flags_ = 0; Text dname_; Text uri_; unsigned long bandwidth_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  const HandleRef *guest() const override { return &dconn_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.handle(Kind::Connect, dconn_) && args.number(flags_) && args.textOrNull(dname_) && args.textOrNull(uri_) && args.number(bandwidth_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virDomainPtr, virConnectPtr, unsigned long, const char *, const char *, unsigned long)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), dconn_.as<virConnectPtr>(), flags_, dname_.get(), uri_.get(), bandwidth_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainMigrate2_Call final : Call {
  static constexpr const char *kName = "virDomainMigrate2";
  HandleRef domain_; HandleRef dconn_; Text dxml_; unsigned long flags_ = 0; Text dname_; Text uri_; unsigned long bandwidth_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  const HandleRef *guest() const override { return &dconn_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.handle(Kind::Connect, dconn_) && args.textOrNull(dxml_) && args.number(flags_) && args.textOrNull(dname_) && args.textOrNull(uri_) && args.number(bandwidth_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virDomainPtr, virConnectPtr, const char *, unsigned long, const char *, const char *, unsigned long)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), dconn_.as<virConnectPtr>(), dxml_.get(), flags_, dname_.get(), uri_.get(), bandwidth_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainMigrate3_Call final : Call {
  static constexpr const char *kName = "virDomainMigrate3";
  HandleRef domain_; HandleRef dconn_; Params params_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return domain_; }
  const HandleRef *guest() const override { return &dconn_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.handle(Kind::Connect, dconn_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virDomainPtr, virConnectPtr, virTypedParameterPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(domain_.as<virDomainPtr>(), dconn_.as<virConnectPtr>(), params_.values, static_cast<unsigned int>(params_.count), flags_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainMigrateGetCompressionCache_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateGetCompressionCache";
  HandleRef domain_; unsigned long long cacheSize_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long long *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &cacheSize_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(cacheSize_); }
};

struct virDomainMigrateGetMaxDowntime_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateGetMaxDowntime";
  HandleRef domain_; unsigned long long downtime_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long long *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &downtime_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(downtime_); }
};

struct virDomainMigrateGetMaxSpeed_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateGetMaxSpeed";
  HandleRef domain_; unsigned long bandwidth_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), &bandwidth_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(bandwidth_); }
};

struct virDomainMigrateSetCompressionCache_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateSetCompressionCache";
  HandleRef domain_; unsigned long long cacheSize_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(cacheSize_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), cacheSize_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrateSetMaxDowntime_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateSetMaxDowntime";
  HandleRef domain_; unsigned long long downtime_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(downtime_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), downtime_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrateSetMaxSpeed_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateSetMaxSpeed";
  HandleRef domain_; unsigned long bandwidth_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(bandwidth_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), bandwidth_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrateStartPostCopy_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateStartPostCopy";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrateToURI_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateToURI";
  HandleRef domain_; Text duri_; unsigned long flags_ = 0; Text dname_; unsigned long bandwidth_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(duri_) && args.number(flags_) && args.textOrNull(dname_) && args.number(bandwidth_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned long, const char *, unsigned long)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), duri_.get(), flags_, dname_.get(), bandwidth_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrateToURI2_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateToURI2";
  HandleRef domain_; Text dconnuri_; Text miguri_; Text dxml_; unsigned long flags_ = 0; Text dname_; unsigned long bandwidth_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(dconnuri_) && args.textOrNull(miguri_) && args.textOrNull(dxml_) && args.number(flags_) && args.textOrNull(dname_) && args.number(bandwidth_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, const char *, unsigned long, const char *, unsigned long)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), dconnuri_.get(), miguri_.get(), dxml_.get(), flags_, dname_.get(), bandwidth_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainMigrateToURI3_Call final : Call {
  static constexpr const char *kName = "virDomainMigrateToURI3";
  HandleRef domain_; Text dconnuri_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(dconnuri_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virTypedParameterPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), dconnuri_.get(), params_.values, static_cast<unsigned int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainOpenChannel_Call final : Call {
  static constexpr const char *kName = "virDomainOpenChannel";
  HandleRef dom_; Text name_; HandleRef st_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  const HandleRef *guest() const override { return &st_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.textOrNull(name_) && args.handle(Kind::Stream, st_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virStreamPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), name_.get(), st_.as<virStreamPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainOpenConsole_Call final : Call {
  static constexpr const char *kName = "virDomainOpenConsole";
  HandleRef dom_; Text devName_; HandleRef st_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  const HandleRef *guest() const override { return &st_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.textOrNull(devName_) && args.handle(Kind::Stream, st_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virStreamPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), devName_.get(), st_.as<virStreamPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainPMSuspendForDuration_Call final : Call {
  static constexpr const char *kName = "virDomainPMSuspendForDuration";
  HandleRef dom_; unsigned int target_ = 0; unsigned long long duration_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(target_) && args.number(duration_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), target_, duration_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainPMWakeup_Call final : Call {
  static constexpr const char *kName = "virDomainPMWakeup";
  HandleRef dom_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainPinEmulator_Call final : Call {
  static constexpr const char *kName = "virDomainPinEmulator";
  HandleRef domain_; Bytes cpumap_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.bytes(cpumap_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned char *, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), cpumap_.data(), static_cast<int>(cpumap_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainPinIOThread_Call final : Call {
  static constexpr const char *kName = "virDomainPinIOThread";
  HandleRef domain_; unsigned int iothreadId_ = 0; Bytes cpumap_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(iothreadId_) && args.bytes(cpumap_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned char *, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), iothreadId_, cpumap_.data(), static_cast<int>(cpumap_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainPinVcpu_Call final : Call {
  static constexpr const char *kName = "virDomainPinVcpu";
  HandleRef domain_; unsigned int vcpu_ = 0; Bytes cpumap_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(vcpu_) && args.bytes(cpumap_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned char *, int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), vcpu_, cpumap_.data(), static_cast<int>(cpumap_.size()));
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainPinVcpuFlags_Call final : Call {
  static constexpr const char *kName = "virDomainPinVcpuFlags";
  HandleRef domain_; unsigned int vcpu_ = 0; Bytes cpumap_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(vcpu_) && args.bytes(cpumap_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned char *, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), vcpu_, cpumap_.data(), static_cast<int>(cpumap_.size()), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainReboot_Call final : Call {
  static constexpr const char *kName = "virDomainReboot";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainRename_Call final : Call {
  static constexpr const char *kName = "virDomainRename";
  HandleRef dom_; Text newName_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(newName_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), newName_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainReset_Call final : Call {
  static constexpr const char *kName = "virDomainReset";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainRestore_Call final : Call {
  static constexpr const char *kName = "virDomainRestore";
  HandleRef conn_; Text from_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(from_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), from_.get());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainRestoreFlags_Call final : Call {
  static constexpr const char *kName = "virDomainRestoreFlags";
  HandleRef conn_; Text from_; Text dxml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(from_) && args.textOrNull(dxml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), from_.get(), dxml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainRestoreParams_Call final : Call {
  static constexpr const char *kName = "virDomainRestoreParams";
  HandleRef conn_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainResume_Call final : Call {
  static constexpr const char *kName = "virDomainResume";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSave_Call final : Call {
  static constexpr const char *kName = "virDomainSave";
  HandleRef domain_; Text to_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(to_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), to_.get());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSaveFlags_Call final : Call {
  static constexpr const char *kName = "virDomainSaveFlags";
  HandleRef domain_; Text to_; Text dxml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(to_) && args.textOrNull(dxml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), to_.get(), dxml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSaveImageDefineXML_Call final : Call {
  static constexpr const char *kName = "virDomainSaveImageDefineXML";
  HandleRef conn_; Text file_; Text dxml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(file_) && args.textOrNull(dxml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), file_.get(), dxml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSaveImageGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virDomainSaveImageGetXMLDesc";
  HandleRef conn_; Text file_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(file_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), file_.get(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainSaveParams_Call final : Call {
  static constexpr const char *kName = "virDomainSaveParams";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainScreenshot_Call final : Call {
  static constexpr const char *kName = "virDomainScreenshot";
  HandleRef domain_; HandleRef stream_; unsigned int screen_ = 0; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  const HandleRef *guest() const override { return &stream_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.handle(Kind::Stream, stream_) && args.number(screen_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, virStreamPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), stream_.as<virStreamPtr>(), screen_, flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainSendProcessSignal_Call final : Call {
  static constexpr const char *kName = "virDomainSendProcessSignal";
  HandleRef domain_; long long pidValue_ = 0; unsigned int signum_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(pidValue_) && args.number(signum_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, long long, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), pidValue_, signum_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetAutostart_Call final : Call {
  static constexpr const char *kName = "virDomainSetAutostart";
  HandleRef domain_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(autostart_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetBlkioParameters_Call final : Call {
  static constexpr const char *kName = "virDomainSetBlkioParameters";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetBlockIoTune_Call final : Call {
  static constexpr const char *kName = "virDomainSetBlockIoTune";
  HandleRef dom_; Text disk_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(disk_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), disk_.get(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetBlockThreshold_Call final : Call {
  static constexpr const char *kName = "virDomainSetBlockThreshold";
  HandleRef domain_; Text dev_; unsigned long long threshold_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(dev_) && args.number(threshold_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), dev_.get(), threshold_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetGuestVcpus_Call final : Call {
  static constexpr const char *kName = "virDomainSetGuestVcpus";
  HandleRef domain_; Text cpumap_; int state_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(cpumap_) && args.number(state_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), cpumap_.get(), state_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetIOThreadParams_Call final : Call {
  static constexpr const char *kName = "virDomainSetIOThreadParams";
  HandleRef domain_; unsigned int iothreadId_ = 0; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(iothreadId_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), iothreadId_, params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetInterfaceParameters_Call final : Call {
  static constexpr const char *kName = "virDomainSetInterfaceParameters";
  HandleRef domain_; Text device_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(device_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), device_.get(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetLaunchSecurityState_Call final : Call {
  static constexpr const char *kName = "virDomainSetLaunchSecurityState";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetLifecycleAction_Call final : Call {
  static constexpr const char *kName = "virDomainSetLifecycleAction";
  HandleRef domain_; unsigned int type_ = 0; unsigned int action_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(type_) && args.number(action_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), type_, action_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetMaxMemory_Call final : Call {
  static constexpr const char *kName = "virDomainSetMaxMemory";
  HandleRef domain_; unsigned long memory_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(memory_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), memory_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetMemory_Call final : Call {
  static constexpr const char *kName = "virDomainSetMemory";
  HandleRef domain_; unsigned long memory_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(memory_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), memory_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetMemoryFlags_Call final : Call {
  static constexpr const char *kName = "virDomainSetMemoryFlags";
  HandleRef domain_; unsigned long memory_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(memory_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), memory_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetMemoryParameters_Call final : Call {
  static constexpr const char *kName = "virDomainSetMemoryParameters";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetMemoryStatsPeriod_Call final : Call {
  static constexpr const char *kName = "virDomainSetMemoryStatsPeriod";
  HandleRef domain_; int period_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(period_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), period_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetMetadata_Call final : Call {
  static constexpr const char *kName = "virDomainSetMetadata";
  HandleRef domain_; int type_ = 0; Text metadata_; Text key_; Text uri_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(type_) && args.textOrNull(metadata_) && args.textOrNull(key_) && args.textOrNull(uri_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int, const char *, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), type_, metadata_.get(), key_.get(), uri_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetNumaParameters_Call final : Call {
  static constexpr const char *kName = "virDomainSetNumaParameters";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetPerfEvents_Call final : Call {
  static constexpr const char *kName = "virDomainSetPerfEvents";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetSchedulerParametersFlags_Call final : Call {
  static constexpr const char *kName = "virDomainSetSchedulerParametersFlags";
  HandleRef domain_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.params(params_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, virTypedParameterPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), params_.values, static_cast<int>(params_.count), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetTime_Call final : Call {
  static constexpr const char *kName = "virDomainSetTime";
  HandleRef dom_; long long seconds_ = 0; unsigned int nseconds_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.number(seconds_) && args.number(nseconds_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, long long, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), seconds_, nseconds_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetUserPassword_Call final : Call {
  static constexpr const char *kName = "virDomainSetUserPassword";
  HandleRef dom_; Text user_; Text password_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return dom_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, dom_) && args.text(user_) && args.textOrNull(password_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(dom_.as<virDomainPtr>(), user_.get(), password_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetVcpu_Call final : Call {
  static constexpr const char *kName = "virDomainSetVcpu";
  HandleRef domain_; Text vcpumap_; int state_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.textOrNull(vcpumap_) && args.number(state_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), vcpumap_.get(), state_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetVcpus_Call final : Call {
  static constexpr const char *kName = "virDomainSetVcpus";
  HandleRef domain_; unsigned int nvcpus_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(nvcpus_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), nvcpus_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSetVcpusFlags_Call final : Call {
  static constexpr const char *kName = "virDomainSetVcpusFlags";
  HandleRef domain_; unsigned int nvcpus_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(nvcpus_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), nvcpus_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainShutdown_Call final : Call {
  static constexpr const char *kName = "virDomainShutdown";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainShutdownFlags_Call final : Call {
  static constexpr const char *kName = "virDomainShutdownFlags";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainStartDirtyRateCalc_Call final : Call {
  static constexpr const char *kName = "virDomainStartDirtyRateCalc";
  HandleRef domain_; int seconds_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(seconds_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), seconds_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainSuspend_Call final : Call {
  static constexpr const char *kName = "virDomainSuspend";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainUndefine_Call final : Call {
  static constexpr const char *kName = "virDomainUndefine";
  HandleRef domain_; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainUndefineFlags_Call final : Call {
  static constexpr const char *kName = "virDomainUndefineFlags";
  HandleRef domain_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virDomainUpdateDeviceFlags_Call final : Call {
  static constexpr const char *kName = "virDomainUpdateDeviceFlags";
  HandleRef domain_; Text xml_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), xml_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_domain() {
  static const Entry table[] = {
    entry<virConnectDomainXMLFromNative_Call>(),
    entry<virConnectDomainXMLToNative_Call>(),
    entry<virConnectGetDomainCapabilities_Call>(),
    entry<virConnectListAllDomains_Call>(),
    entry<virConnectListDefinedDomains_Call>(),
    entry<virConnectNumOfDefinedDomains_Call>(),
    entry<virConnectNumOfDomains_Call>(),
    entry<virDomainAbortJob_Call>(),
    entry<virDomainAbortJobFlags_Call>(),
    entry<virDomainAddIOThread_Call>(),
    entry<virDomainAgentSetResponseTimeout_Call>(),
    entry<virDomainAttachDevice_Call>(),
    entry<virDomainAttachDeviceFlags_Call>(),
    entry<virDomainAuthorizedSSHKeysGet_Call>(),
    entry<virDomainAuthorizedSSHKeysSet_Call>(),
    entry<virDomainBackupBegin_Call>(),
    entry<virDomainBackupGetXMLDesc_Call>(),
    entry<virDomainBlockCommit_Call>(),
    entry<virDomainBlockCopy_Call>(),
    entry<virDomainBlockJobAbort_Call>(),
    entry<virDomainBlockJobSetSpeed_Call>(),
    entry<virDomainBlockPull_Call>(),
    entry<virDomainBlockRebase_Call>(),
    entry<virDomainBlockResize_Call>(),
    entry<virDomainBlockStats_Call>(),
    entry<virDomainBlockStatsFlags_Call>(),
    entry<virDomainCoreDump_Call>(),
    entry<virDomainCoreDumpWithFormat_Call>(),
    entry<virDomainCreate_Call>(),
    entry<virDomainCreateLinux_Call>(),
    entry<virDomainCreateWithFlags_Call>(),
    entry<virDomainCreateXML_Call>(),
    entry<virDomainDefineXML_Call>(),
    entry<virDomainDefineXMLFlags_Call>(),
    entry<virDomainDelIOThread_Call>(),
    entry<virDomainDestroy_Call>(),
    entry<virDomainDestroyFlags_Call>(),
    entry<virDomainDetachDevice_Call>(),
    entry<virDomainDetachDeviceAlias_Call>(),
    entry<virDomainDetachDeviceFlags_Call>(),
    entry<virDomainFSFreeze_Call>(),
    entry<virDomainFSThaw_Call>(),
    entry<virDomainFSTrim_Call>(),
    entry<virDomainGetAutostart_Call>(),
    entry<virDomainGetBlkioParameters_Call>(),
    entry<virDomainGetBlockInfo_Call>(),
    entry<virDomainGetBlockIoTune_Call>(),
    entry<virDomainGetControlInfo_Call>(),
    entry<virDomainGetGuestInfo_Call>(),
    entry<virDomainGetGuestVcpus_Call>(),
    entry<virDomainGetHostname_Call>(),
    entry<virDomainGetID_Call>(),
    entry<virDomainGetInfo_Call>(),
    entry<virDomainGetInterfaceParameters_Call>(),
    entry<virDomainGetJobInfo_Call>(),
    entry<virDomainGetJobStats_Call>(),
    entry<virDomainGetLaunchSecurityInfo_Call>(),
    entry<virDomainGetMaxMemory_Call>(),
    entry<virDomainGetMaxVcpus_Call>(),
    entry<virDomainGetMemoryParameters_Call>(),
    entry<virDomainGetMessages_Call>(),
    entry<virDomainGetMetadata_Call>(),
    entry<virDomainGetName_Call>(),
    entry<virDomainGetNumaParameters_Call>(),
    entry<virDomainGetOSType_Call>(),
    entry<virDomainGetPerfEvents_Call>(),
    entry<virDomainGetSchedulerParametersFlags_Call>(),
    entry<virDomainGetSecurityLabel_Call>(),
    entry<virDomainGetState_Call>(),
    entry<virDomainGetTime_Call>(),
    entry<virDomainGetUUID_Call>(),
    entry<virDomainGetUUIDString_Call>(),
    entry<virDomainGetVcpusFlags_Call>(),
    entry<virDomainGetXMLDesc_Call>(),
    entry<virDomainHasManagedSaveImage_Call>(),
    entry<virDomainInjectNMI_Call>(),
    entry<virDomainInterfaceStats_Call>(),
    entry<virDomainIsActive_Call>(),
    entry<virDomainIsPersistent_Call>(),
    entry<virDomainIsUpdated_Call>(),
    entry<virDomainLookupByID_Call>(),
    entry<virDomainLookupByName_Call>(),
    entry<virDomainLookupByUUID_Call>(),
    entry<virDomainLookupByUUIDString_Call>(),
    entry<virDomainManagedSave_Call>(),
    entry<virDomainManagedSaveDefineXML_Call>(),
    entry<virDomainManagedSaveGetXMLDesc_Call>(),
    entry<virDomainManagedSaveRemove_Call>(),
    entry<virDomainMigrate_Call>(),
    entry<virDomainMigrate2_Call>(),
    entry<virDomainMigrate3_Call>(),
    entry<virDomainMigrateGetCompressionCache_Call>(),
    entry<virDomainMigrateGetMaxDowntime_Call>(),
    entry<virDomainMigrateGetMaxSpeed_Call>(),
    entry<virDomainMigrateSetCompressionCache_Call>(),
    entry<virDomainMigrateSetMaxDowntime_Call>(),
    entry<virDomainMigrateSetMaxSpeed_Call>(),
    entry<virDomainMigrateStartPostCopy_Call>(),
    entry<virDomainMigrateToURI_Call>(),
    entry<virDomainMigrateToURI2_Call>(),
    entry<virDomainMigrateToURI3_Call>(),
    entry<virDomainOpenChannel_Call>(),
    entry<virDomainOpenConsole_Call>(),
    entry<virDomainPMSuspendForDuration_Call>(),
    entry<virDomainPMWakeup_Call>(),
    entry<virDomainPinEmulator_Call>(),
    entry<virDomainPinIOThread_Call>(),
    entry<virDomainPinVcpu_Call>(),
    entry<virDomainPinVcpuFlags_Call>(),
    entry<virDomainReboot_Call>(),
    entry<virDomainRename_Call>(),
    entry<virDomainReset_Call>(),
    entry<virDomainRestore_Call>(),
    entry<virDomainRestoreFlags_Call>(),
    entry<virDomainRestoreParams_Call>(),
    entry<virDomainResume_Call>(),
    entry<virDomainSave_Call>(),
    entry<virDomainSaveFlags_Call>(),
    entry<virDomainSaveImageDefineXML_Call>(),
    entry<virDomainSaveImageGetXMLDesc_Call>(),
    entry<virDomainSaveParams_Call>(),
    entry<virDomainScreenshot_Call>(),
    entry<virDomainSendProcessSignal_Call>(),
    entry<virDomainSetAutostart_Call>(),
    entry<virDomainSetBlkioParameters_Call>(),
    entry<virDomainSetBlockIoTune_Call>(),
    entry<virDomainSetBlockThreshold_Call>(),
    entry<virDomainSetGuestVcpus_Call>(),
    entry<virDomainSetIOThreadParams_Call>(),
    entry<virDomainSetInterfaceParameters_Call>(),
    entry<virDomainSetLaunchSecurityState_Call>(),
    entry<virDomainSetLifecycleAction_Call>(),
    entry<virDomainSetMaxMemory_Call>(),
    entry<virDomainSetMemory_Call>(),
    entry<virDomainSetMemoryFlags_Call>(),
    entry<virDomainSetMemoryParameters_Call>(),
    entry<virDomainSetMemoryStatsPeriod_Call>(),
    entry<virDomainSetMetadata_Call>(),
    entry<virDomainSetNumaParameters_Call>(),
    entry<virDomainSetPerfEvents_Call>(),
    entry<virDomainSetSchedulerParametersFlags_Call>(),
    entry<virDomainSetTime_Call>(),
    entry<virDomainSetUserPassword_Call>(),
    entry<virDomainSetVcpu_Call>(),
    entry<virDomainSetVcpus_Call>(),
    entry<virDomainSetVcpusFlags_Call>(),
    entry<virDomainShutdown_Call>(),
    entry<virDomainShutdownFlags_Call>(),
    entry<virDomainStartDirtyRateCalc_Call>(),
    entry<virDomainSuspend_Call>(),
    entry<virDomainUndefine_Call>(),
    entry<virDomainUndefineFlags_Call>(),
    entry<virDomainUpdateDeviceFlags_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
