// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectBaselineCPU_Call final : Call {
  static constexpr const char *kName = "virConnectBaselineCPU";
  HandleRef conn_; Texts xmlCPUs_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.texts(xmlCPUs_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char **, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), xmlCPUs_.data(), static_cast<unsigned int>(xmlCPUs_.size()), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectBaselineHypervisorCPU_Call final : Call {
  static constexpr const char *kName = "virConnectBaselineHypervisorCPU";
  HandleRef conn_; Text emulator_; Text arch_; Text machine_; Text virttype_; Texts xmlCPUs_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(emulator_) && args.textOrNull(arch_) && args.textOrNull(machine_) && args.textOrNull(virttype_) && args.texts(xmlCPUs_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char *, const char *, const char *, const char *, const char **, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), emulator_.get(), arch_.get(), machine_.get(), virttype_.get(), xmlCPUs_.data(), static_cast<unsigned int>(xmlCPUs_.size()), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectCompareCPU_Call final : Call {
  static constexpr const char *kName = "virConnectCompareCPU";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virConnectCompareHypervisorCPU_Call final : Call {
  static constexpr const char *kName = "virConnectCompareHypervisorCPU";
  HandleRef conn_; Text emulator_; Text arch_; Text machine_; Text virttype_; Text xmlCPU_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(emulator_) && args.textOrNull(arch_) && args.textOrNull(machine_) && args.textOrNull(virttype_) && args.textOrNull(xmlCPU_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, const char *, const char *, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), emulator_.get(), arch_.get(), machine_.get(), virttype_.get(), xmlCPU_.get(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virConnectGetCPUModelNames_Call final : Call {
  static constexpr const char *kName = "virConnectGetCPUModelNames";
  HandleRef conn_; Text arch_; TextList models_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(arch_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *, char ***, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), arch_.get(), &models_.values, flags_);
    if (r < 0) return fail();
    models_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(models_.values, models_.count); }
};

struct virConnectGetCapabilities_Call final : Call {
  static constexpr const char *kName = "virConnectGetCapabilities";
  HandleRef conn_; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>());
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectGetHostname_Call final : Call {
  static constexpr const char *kName = "virConnectGetHostname";
  HandleRef conn_; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>());
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectGetLibVersion_Call final : Call {
  static constexpr const char *kName = "virConnectGetLibVersion";
  HandleRef conn_; unsigned long libVer_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, unsigned long *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), &libVer_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(libVer_); }
};

struct virConnectGetMaxVcpus_Call final : Call {
  static constexpr const char *kName = "virConnectGetMaxVcpus";
  HandleRef conn_; Text type_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(type_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), type_.get());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virConnectGetSysinfo_Call final : Call {
  static constexpr const char *kName = "virConnectGetSysinfo";
  HandleRef conn_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectGetType_Call final : Call {
  static constexpr const char *kName = "virConnectGetType";
  HandleRef conn_; Text r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<const char * (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(conn_.as<virConnectPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virConnectGetURI_Call final : Call {
  static constexpr const char *kName = "virConnectGetURI";
  HandleRef conn_; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>());
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectGetVersion_Call final : Call {
  static constexpr const char *kName = "virConnectGetVersion";
  HandleRef conn_; unsigned long hvVer_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, unsigned long *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), &hvVer_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(hvVer_); }
};

struct virConnectIsAlive_Call final : Call {
  static constexpr const char *kName = "virConnectIsAlive";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virConnectIsEncrypted_Call final : Call {
  static constexpr const char *kName = "virConnectIsEncrypted";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virConnectIsSecure_Call final : Call {
  static constexpr const char *kName = "virConnectIsSecure";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virConnectSetIdentity_Call final : Call {
  static constexpr const char *kName = "virConnectSetIdentity";
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

struct virConnectSetKeepAlive_Call final : Call {
  static constexpr const char *kName = "virConnectSetKeepAlive";
  HandleRef conn_; int interval_ = 0; unsigned int count_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(interval_) && args.number(count_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), interval_, count_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virNodeGetFreeMemory_Call final : Call {
  static constexpr const char *kName = "virNodeGetFreeMemory";
  HandleRef conn_; unsigned long long r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<unsigned long long (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r == 0 && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virNodeGetInfo_Call final : Call {
  static constexpr const char *kName = "virNodeGetInfo";
  HandleRef conn_; virNodeInfo info_ = {}; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virNodeInfoPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), &info_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"model", js.value(info_.model)}, {"memory", js.value(info_.memory)}, {"cpus", js.value(info_.cpus)}, {"mhz", js.value(info_.mhz)}, {"nodes", js.value(info_.nodes)}, {"sockets", js.value(info_.sockets)}, {"cores", js.value(info_.cores)}, {"threads", js.value(info_.threads)}}); }
};

struct virNodeGetMemoryParameters_Call final : Call {
  static constexpr const char *kName = "virNodeGetMemoryParameters";
  HandleRef conn_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virTypedParameterPtr, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    if (fn(conn_.as<virConnectPtr>(), nullptr, &params_.count, flags_) < 0) return fail();
    if (params_.count == 0) return;
    params_.reserve(params_.count);
    r = fn(conn_.as<virConnectPtr>(), params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virNodeGetSEVInfo_Call final : Call {
  static constexpr const char *kName = "virNodeGetSEVInfo";
  HandleRef conn_; Params params_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virTypedParameterPtr *, int *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), &params_.values, &params_.count, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.params(params_.values, params_.count); }
};

struct virNodeGetSecurityModel_Call final : Call {
  static constexpr const char *kName = "virNodeGetSecurityModel";
  HandleRef conn_; virSecurityModel secmodel_ = {}; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virSecurityModelPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), &secmodel_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"model", js.value(secmodel_.model)}, {"doi", js.value(secmodel_.doi)}}); }
};

struct virNodeSetMemoryParameters_Call final : Call {
  static constexpr const char *kName = "virNodeSetMemoryParameters";
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

struct virNodeSuspendForDuration_Call final : Call {
  static constexpr const char *kName = "virNodeSuspendForDuration";
  HandleRef conn_; unsigned int target_ = 0; unsigned long long duration_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(target_) && args.number(duration_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, unsigned int, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>(), target_, duration_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_host() {
  static const Entry table[] = {
    entry<virConnectBaselineCPU_Call>(),
    entry<virConnectBaselineHypervisorCPU_Call>(),
    entry<virConnectCompareCPU_Call>(),
    entry<virConnectCompareHypervisorCPU_Call>(),
    entry<virConnectGetCPUModelNames_Call>(),
    entry<virConnectGetCapabilities_Call>(),
    entry<virConnectGetHostname_Call>(),
    entry<virConnectGetLibVersion_Call>(),
    entry<virConnectGetMaxVcpus_Call>(),
    entry<virConnectGetSysinfo_Call>(),
    entry<virConnectGetType_Call>(),
    entry<virConnectGetURI_Call>(),
    entry<virConnectGetVersion_Call>(),
    entry<virConnectIsAlive_Call>(),
    entry<virConnectIsEncrypted_Call>(),
    entry<virConnectIsSecure_Call>(),
    entry<virConnectSetIdentity_Call>(),
    entry<virConnectSetKeepAlive_Call>(),
    entry<virNodeGetFreeMemory_Call>(),
    entry<virNodeGetInfo_Call>(),
    entry<virNodeGetMemoryParameters_Call>(),
    entry<virNodeGetSEVInfo_Call>(),
    entry<virNodeGetSecurityModel_Call>(),
    entry<virNodeSetMemoryParameters_Call>(),
    entry<virNodeSuspendForDuration_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
