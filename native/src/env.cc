#include "env.h"

std::shared_ptr<Env> Env::create(napi_env env) {
  auto self = std::make_shared<Env>();
  self->env_ = env;
  napi_value name;
  napi_create_string_utf8(env, "libvirt", NAPI_AUTO_LENGTH, &name);
  napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, self.get(), drain, &self->wake_);
  napi_unref_threadsafe_function(env, self->wake_);
  auto *box = new std::shared_ptr<Env>(self);
  napi_set_instance_data(env, box, [](napi_env, void *data, void *) { delete static_cast<std::shared_ptr<Env> *>(data); }, nullptr);
  napi_add_env_cleanup_hook(env, end, self.get());
  return self;
}

std::shared_ptr<Env> Env::of(napi_env env) {
  void *data = nullptr;
  napi_get_instance_data(env, &data);
  return *static_cast<std::shared_ptr<Env> *>(data);
}

void Env::end(void *data) {
  auto *self = static_cast<Env *>(data);
  std::lock_guard lock(self->mutex_);
  self->ended_ = true;
}

void Env::post(std::unique_ptr<Item> item) {
  std::lock_guard lock(mutex_);
  if (ended_) return;
  queue_.push_back(std::move(item));
  if (signalled_) return;
  signalled_ = true;
  napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
}

void Env::drain(napi_env env, napi_value, void *context, void *) {
  if (env == nullptr) return;
  auto *self = static_cast<Env *>(context);
  std::vector<std::unique_ptr<Item>> batch;
  {
    std::lock_guard lock(self->mutex_);
    batch.swap(self->queue_);
    self->signalled_ = false;
  }
  for (auto &item : batch) {
    napi_handle_scope scope;
    napi_open_handle_scope(env, &scope);
    item->deliver(env);
    item.reset();
    napi_close_handle_scope(env, scope);
    // An exception out of a callback must not stop the rest of the batch: it becomes uncaught, as from any callback.
    bool thrown = false;
    if (napi_is_exception_pending(env, &thrown) == napi_ok && thrown) {
      napi_value error;
      napi_get_and_clear_last_exception(env, &error);
      napi_fatal_exception(env, error);
    }
  }
}

void Env::hold() {
  if (holds_++ == 0) napi_ref_threadsafe_function(env_, wake_);
}

void Env::release() {
  if (--holds_ == 0) napi_unref_threadsafe_function(env_, wake_);
}

void Env::setHooks(napi_value hooks) { napi_create_reference(env_, hooks, 1, &hooks_); }

napi_value Env::hook(const char *name) const {
  napi_value hooks, function;
  napi_get_reference_value(env_, hooks_, &hooks);
  napi_get_named_property(env_, hooks, name, &function);
  return function;
}
