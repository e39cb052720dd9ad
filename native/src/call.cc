#include "call.h"

#include <time.h>

#include <unordered_map>

std::atomic<long> Call::pending{0};
std::atomic<long> Call::running{0};
std::atomic<long> Call::orphans{0};

namespace {
// Calls that have been begun or are in a queue, by id: only so that a deadline can orphan one. JavaScript thread only.
thread_local std::unordered_map<double, Call *> waiting;
}  // namespace

Call *findWaiting(double id) {
  const auto found = waiting.find(id);
  return found == waiting.end() ? nullptr : found->second;
}

void *findSymbol(const char *name) {
  if (void *found = dlsym(RTLD_DEFAULT, name)) return found;
  static void *const core = dlopen("libvirt.so.0", RTLD_NOW);
  static void *const qemu = dlopen("libvirt-qemu.so.0", RTLD_NOW);
  for (void *library : {core, qemu}) {
    if (library == nullptr) continue;
    if (void *found = dlsym(library, name)) return found;
  }
  return nullptr;
}

double boottimeMs() {
  timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6;
}

Call::~Call() {
  pending--;
  if (orphaned_) orphans--;
}

napi_value Call::submit(napi_env env, std::unique_ptr<Call> call) {
  call->env_ = Env::of(env);
  napi_value promise;
  napi_create_promise(env, &call->deferred_, &promise);
  Call *self = call.get();
  self->env_->hold();
  waiting[self->callId] = self;
  if (!self->self()->connection->submit(call)) {
    self->fail(Failure::Why::Closed);
    call->settle(env);
  }
  return promise;
}

void Call::execute() {
  virResetLastError();
  const HandleRef *other = guest();
  const bool foreign = other != nullptr && *other && (*other)->connection != self()->connection;
  if (foreign && !(*other)->connection->enter()) return fail(Failure::Why::Closed);
  // Immediately before the call: a process that was frozen in between must not act.
  // Written so that NaN closes it, too.
  if (!(boottimeMs() <= notAfterMs)) fail(Failure::Why::GateClosed);
  else if (self()->raw() == nullptr && !opensConnection()) fail(Failure::Why::Closed);
  else {
    running++;
    run();
    running--;
  }
  if (foreign) (*other)->connection->leave();
}

void Call::finish(std::unique_ptr<Call> call) {
  auto env = call->env_;
  env->post(std::move(call));
}

void Call::deliver(napi_env env) { settle(env); }

void Call::settle(napi_env env) {
  waiting.erase(callId);
  if (orphaned_) {
    napi_value undefined;
    napi_get_undefined(env, &undefined);
    napi_resolve_deferred(env, deferred_, undefined);
    return;
  }
  env_->release();
  if (failure_.why != Failure::Why::None) {
    napi_reject_deferred(env, deferred_, error(env));
    return;
  }
  Js js(env);
  napi_value value = result(js);
  napi_resolve_deferred(env, deferred_, value);
}

void Call::orphan() {
  if (orphaned_) return;
  orphaned_ = true;
  orphans++;
  env_->release();
}

napi_value Call::error(napi_env env) {
  Js js(env);
  const auto optional = [&](bool has, const std::string &text) { return has ? js.text(text.c_str()) : js.null(); };
  static const char *const kinds[] = {"none", "libvirt", "gate", "unsupported", "closed"};
  napi_value details = js.object({
      {"why", js.text(kinds[static_cast<int>(failure_.why)])},
      {"fn", js.text(function)},
      {"message", js.text(failure_.message.c_str())},
      {"code", js.value(failure_.code)},
      {"domain", js.value(failure_.domain)},
      {"level", js.value(failure_.level)},
      {"str1", optional(failure_.has1, failure_.str1)},
      {"str2", optional(failure_.has2, failure_.str2)},
      {"str3", optional(failure_.has3, failure_.str3)},
      {"int1", js.value(failure_.int1)},
      {"int2", js.value(failure_.int2)},
  });
  napi_value out = nullptr;
  napi_call_function(env, js.undefined(), env_->hook("error"), 1, &details, &out);
  return out;
}

HandleRef Call::adopt(Kind kind, void *pointer) { return HandleRef(std::make_shared<Handle>(kind, pointer, self()->connection)); }

void Call::adoptAll(Kind kind, void **found, int count, HandleList &out) {
  out.reserve(count);
  for (int i = 0; i < count; i++) out.push_back(adopt(kind, found[i]));
  std::free(found);
}
