// Mistakes made on purpose: a sanitizer that does not report them would not report those of the addon either.
#include <node_api.h>

#include <thread>

namespace {

int shared = 0;

napi_value race(napi_env, napi_callback_info) {
  std::thread other([] { shared++; });
  shared++;
  other.join();
  return nullptr;
}

napi_value useAfterFree(napi_env env, napi_callback_info) {
  auto *volatile number = new int(1);
  delete number;
  napi_value out;
  napi_create_int32(env, *number, &out);
  return out;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "race", NAPI_AUTO_LENGTH, race, nullptr, &function);
  napi_set_named_property(env, exports, "race", function);
  napi_create_function(env, "useAfterFree", NAPI_AUTO_LENGTH, useAfterFree, nullptr, &function);
  napi_set_named_property(env, exports, "useAfterFree", function);
  return exports;
}
