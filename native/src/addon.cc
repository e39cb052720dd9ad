// The module: every native function by its C name, and what lib/load.ts needs to set it up.
#include <node_api.h>

#include "call.h"
#include "events.h"
#include "open.h"
#include "overrides.h"
#include "stats.h"
#include "streams.h"

#include "generated/tables.inc"

namespace {

napi_value setup(napi_env env, napi_callback_info info) {
  Args args(env, info);
  Env::of(env)->setHooks(args.raw());
  return nullptr;
}

napi_value hold(napi_env env, napi_callback_info) {
  Env::of(env)->hold();
  return nullptr;
}

napi_value release(napi_env env, napi_callback_info) {
  Env::of(env)->release();
  return nullptr;
}

napi_value counters(napi_env env, napi_callback_info) {
  Js js(env);
  return js.object({
      {"connections", js.value(Connection::live.load())},
      {"handles", js.value(Handle::count.load())},
      {"calls", js.value(Call::pending.load())},
      {"running", js.value(Call::running.load())},
      {"orphans", js.value(Call::orphans.load())},
      {"threads", js.value(Connection::threads.load())},
      {"subscriptions", js.value(Subscription::count.load())},
  });
}

napi_value boottime(napi_env env, napi_callback_info) { return Js(env).value(boottimeMs()); }

void add(napi_env env, napi_value exports, const Entry *entry) {
  for (; entry->name != nullptr; entry++) {
    napi_value function;
    napi_create_function(env, entry->name, NAPI_AUTO_LENGTH, entry->callback, nullptr, &function);
    napi_set_named_property(env, exports, entry->name, function);
  }
}

}  // namespace

NAPI_MODULE_INIT() {
  Env::create(env);
  static const Entry own[] = {{"setup", setup}, {"hold", hold}, {"release", release}, {"counters", counters}, {"boottimeMs", boottime}, {nullptr, nullptr}};
  add(env, exports, own);
  for (const auto table : kGeneratedTables) add(env, exports, table());
  for (const auto table : {entriesOpen, entriesEvents, entriesStats, entriesDomainOverrides, entriesNodeOverrides, entriesNetworkOverrides, entriesStreams}) add(env, exports, table());
  return exports;
}
