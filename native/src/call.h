// A call: parsed on the JavaScript thread, run on a worker of its connection, settled in a batch.
#pragma once
#include <dlfcn.h>

#include <limits>
#include <memory>

#include "connection.h"
#include "convert.h"
#include "env.h"
#include "errors.h"
#include "handle.h"

// Looked up when first used, so that one build serves older and newer libvirt.
void *findSymbol(const char *name);
template <class F> class Symbol {
 public:
  explicit Symbol(const char *name) : function_(reinterpret_cast<F>(findSymbol(name))) {}
  explicit operator bool() const { return function_ != nullptr; }
  template <class... A> auto operator()(A... args) const { return function_(args...); }

 private:
  const F function_;
};

// CLOCK_BOOTTIME, which goes on while the process is stopped: milliseconds.
double boottimeMs();

class Call : public Item {
 public:
  Call() { pending++; }
  ~Call() override;

  // The object that the call is about; its connection runs it.
  virtual const HandleRef &self() const = 0;
  // False after it has thrown.
  virtual bool parse(Args &args) = 0;
  virtual void run() = 0;
  virtual napi_value result(Js &js) = 0;
  virtual bool opensConnection() const { return false; }
  // A second object, maybe of another connection (a migration's destination): that one is not closed meanwhile.
  virtual const HandleRef *guest() const { return nullptr; }

  // Worker: the gate, then run().
  void execute();
  static void finish(std::unique_ptr<Call> call);
  // JavaScript thread.
  static napi_value submit(napi_env env, std::unique_ptr<Call> call);
  void deliver(napi_env env) override;
  void settle(napi_env env);
  void settleUnsent(napi_env env) {
    fail(Failure::Why::Closed);
    settle(env);
  }
  // The caller stopped waiting: what comes is dropped, and the process need not stay for it.
  void orphan();

  double callId = 0;
  double notAfterMs = 0;
  const char *function = "";

  static std::atomic<long> pending, running, orphans;

 protected:
  void fail() { failure_ = Failure::last(); }
  void fail(Failure::Why why) { failure_.why = why; }
  void unsupported() { failure_.why = Failure::Why::Unsupported; }
  HandleRef adopt(Kind kind, void *pointer);
  void adoptAll(Kind kind, void **found, int count, HandleList &out);
  // libvirt's protocol allows no more, and has no way to ask.
  static constexpr int kSchedulerParams = 16;

 private:
  napi_value error(napi_env env);
  std::shared_ptr<Env> env_;
  napi_deferred deferred_ = nullptr;
  bool orphaned_ = false;
  Failure failure_;
};

// The call of that id, while it is queued or runs. JavaScript thread.
Call *findWaiting(double id);

struct Entry {
  const char *name;
  napi_callback callback;
};

// Arguments of every call in JavaScript: notAfterMs (Infinity: no gate), id, the object, and then its own.
template <class T> napi_value enterCall(napi_env env, napi_callback_info info) {
  Args args(env, info);
  auto call = std::make_unique<T>();
  call->function = T::kName;
  if (!args.number(call->notAfterMs) || !args.number(call->callId) || !call->parse(args)) return nullptr;
  return Call::submit(env, std::move(call));
}
template <class T> constexpr Entry entry() { return {T::kName, enterCall<T>}; }
