#include "open.h"

#include <libvirt/virterror.h>

#include <cstring>
#include <mutex>

#include "call.h"
#include "event_loop.h"

namespace {

struct Login {
  Text username, password;
};

// libvirt frees the answers with free().
int answer(virConnectCredentialPtr wanted, unsigned count, void *data) {
  const auto *login = static_cast<const Login *>(data);
  for (unsigned i = 0; i < count; i++) {
    const bool secret = wanted[i].type == VIR_CRED_PASSPHRASE || wanted[i].type == VIR_CRED_NOECHOPROMPT;
    const char *text = secret ? login->password.get() : login->username.get();
    if (text == nullptr) return -1;
    wanted[i].result = strdup(text);
    wanted[i].resultlen = static_cast<unsigned>(strlen(text));
  }
  return 0;
}

int kAnswered[] = {VIR_CRED_AUTHNAME, VIR_CRED_USERNAME, VIR_CRED_PASSPHRASE, VIR_CRED_NOECHOPROMPT, VIR_CRED_ECHOPROMPT};

struct Open final : Call {
  static constexpr const char *kName = "virConnectOpenAuth";
  HandleRef conn;
  Text uri;
  unsigned flags = 0;
  bool wantsEvents = true;
  Login login;
  const HandleRef &self() const override { return conn; }
  bool opensConnection() const override { return true; }
  bool parse(Args &args) override {
    return args.handle(Kind::Connect, conn) && args.text(uri) && args.number(flags) && args.boolean(wantsEvents) && args.textOrNull(login.username) &&
           args.textOrNull(login.password);
  }
  void run() override {
    Connection *connection = conn->connection.get();
    virConnectAuth auth = {kAnswered, sizeof kAnswered / sizeof *kAnswered, answer, &login};
    const auto socket = [](void *context, int descriptor) { static_cast<Connection *>(context)->socketIs(descriptor); };
    OpenScope scope(wantsEvents, socket, connection);
    virConnectPtr pointer = virConnectOpenAuth(uri.get(), &auth, flags);
    if (pointer == nullptr) return fail();
    connection->opened(pointer);
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct GetVersion final : Call {
  static constexpr const char *kName = "virGetVersion";
  HandleRef conn;
  unsigned long version = 0;
  const HandleRef &self() const override { return conn; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn); }
  void run() override {
    if (virGetVersion(&version, nullptr, nullptr) < 0) fail();
  }
  napi_value result(Js &js) override { return js.value(version); }
};

struct Closed final : Item {
  std::shared_ptr<Env> env;
  napi_deferred deferred;
  void deliver(napi_env e) override {
    env->release();
    napi_resolve_deferred(e, deferred, Js(e).undefined());
  }
};

// connection(maxInFlight): a handle that is not open yet.
napi_value makeConnection(napi_env env, napi_callback_info info) {
  static std::once_flag once;
  std::call_once(once, [] {
    virInitialize();
    // Without it libvirt prints every error on stderr.
    virSetErrorFunc(nullptr, [](void *, virErrorPtr) {});
    startEventLoop();
  });
  Args args(env, info);
  unsigned maxInFlight = 0;
  if (!args.number(maxInFlight)) return nullptr;
  auto connection = std::make_shared<Connection>(Env::of(env), maxInFlight);
  return wrapHandle(env, HandleRef(std::make_shared<Handle>(Kind::Connect, nullptr, connection)));
}

napi_value closeConnection(napi_env env, napi_callback_info info) {
  Args args(env, info);
  HandleRef conn;
  if (!args.handle(Kind::Connect, conn)) return nullptr;
  auto done = std::make_unique<Closed>();
  done->env = Env::of(env);
  napi_value promise;
  napi_create_promise(env, &done->deferred, &promise);
  done->env->hold();
  for (auto &call : conn->connection->close(std::move(done))) call->settleUnsent(env);
  return promise;
}

napi_value abortConnection(napi_env env, napi_callback_info info) {
  Args args(env, info);
  HandleRef conn;
  if (args.handle(Kind::Connect, conn)) conn->connection->abort();
  return nullptr;
}

// abandon(object, id): true when the call had not been sent, and now never will be.
napi_value abandon(napi_env env, napi_callback_info info) {
  Args args(env, info);
  HandleRef *ref = unwrapHandle(env, args.raw());
  double id = 0;
  if (ref == nullptr || !*ref || !args.number(id)) return Js(env).boolean(false);
  if (auto unsent = (*ref)->connection->withdraw(id)) {
    unsent->settleUnsent(env);
    return Js(env).boolean(true);
  }
  if (Call *call = findWaiting(id)) call->orphan();
  return Js(env).boolean(false);
}

// free(object): what JavaScript held is let go; a call that still uses it keeps it until it ends.
napi_value freeHandle(napi_env env, napi_callback_info info) {
  Args args(env, info);
  if (HandleRef *ref = unwrapHandle(env, args.raw())) ref->reset();
  return nullptr;
}

}  // namespace

const Entry *entriesOpen() {
  static const Entry table[] = {
      entry<Open>(),
      entry<GetVersion>(),
      {"connection", makeConnection},
      {"close", closeConnection},
      {"abort", abortConnection},
      {"abandon", abandon},
      {"free", freeHandle},
      {nullptr, nullptr},
  };
  return table;
}
