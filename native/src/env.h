// One JavaScript environment (the main thread or a worker_thread): a queue of finished
// calls and events from any thread, delivered in batches through one threadsafe function.
#pragma once
#include <node_api.h>

#include <memory>
#include <mutex>
#include <vector>

class Item {
 public:
  virtual ~Item() = default;
  // On the JavaScript thread, in a handle scope of its own.
  virtual void deliver(napi_env env) = 0;
};

class Env : public std::enable_shared_from_this<Env> {
 public:
  static std::shared_ptr<Env> create(napi_env env);
  static std::shared_ptr<Env> of(napi_env env);

  // Any thread. After the environment has ended, the item is dropped.
  void post(std::unique_ptr<Item> item);

  // JavaScript thread. While anything holds the environment, the process stays alive:
  // pending calls, streams and subscriptions hold it; open connections do not.
  void hold();
  void release();

  // The functions that lib/load.ts gives us: they build handles and errors, and hand events out.
  napi_value hook(const char *name) const;
  void setHooks(napi_value hooks);

 private:
  static void drain(napi_env env, napi_value, void *context, void *);
  static void end(void *self);

  napi_env env_ = nullptr;
  napi_ref hooks_ = nullptr;
  napi_threadsafe_function wake_ = nullptr;
  int holds_ = 0;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Item>> queue_;
  bool signalled_ = false;
  bool ended_ = false;
};
