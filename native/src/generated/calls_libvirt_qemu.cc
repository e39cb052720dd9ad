// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virDomainQemuAgentCommand_Call final : Call {
  static constexpr const char *kName = "virDomainQemuAgentCommand";
  HandleRef domain_; Text cmd_; int timeout_ = 0; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(cmd_) && args.number(timeout_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virDomainPtr, const char *, int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(domain_.as<virDomainPtr>(), cmd_.get(), timeout_, flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virDomainQemuAttach_Call final : Call {
  static constexpr const char *kName = "virDomainQemuAttach";
  HandleRef conn_; unsigned int pidValue_ = 0; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(pidValue_) && args.number(flags_); }
  void run() override {
    static const Symbol<virDomainPtr (*)(virConnectPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), pidValue_, flags_);
    if (!raw) return fail();
    r = adopt(Kind::Domain, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virDomainQemuMonitorCommand_Call final : Call {
  static constexpr const char *kName = "virDomainQemuMonitorCommand";
  HandleRef domain_; Text cmd_; OwnedText result_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return domain_; }
  bool parse(Args &args) override { return args.handle(Kind::Domain, domain_) && args.text(cmd_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virDomainPtr, const char *, char **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(domain_.as<virDomainPtr>(), cmd_.get(), &result_.value, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(result_.value); }
};

}  // namespace

const Entry *entries_libvirt_qemu() {
  static const Entry table[] = {
    entry<virDomainQemuAgentCommand_Call>(),
    entry<virDomainQemuAttach_Call>(),
    entry<virDomainQemuMonitorCommand_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
