#include "events.h"

#include <cstring>

#include "call.h"

std::atomic<long> Subscription::count{0};

namespace {

using Opaque = std::shared_ptr<Subscription>;

#include "generated/events.inc"

void onClose(virConnectPtr, int reason, void *opaque) {
  auto payload = Payload::start(opaque);
  if (!payload) return;
  payload->add("reason", reason);
  Payload::post(std::move(payload));
}

// libvirt calls it when no callback can come any more.
void drop(void *opaque) {
  Subscription::count--;
  delete static_cast<Opaque *>(opaque);
}

}  // namespace

Subscription::Subscription(Kind k, double i, std::shared_ptr<Connection> conn) : kind(k), id(i), connection(conn), env(conn->env) {}

bool Subscription::registerWith(virConnectPtr conn, int eventId, void *object) {
  auto *opaque = new Opaque(shared_from_this());
  void *callback = kind == Kind::Connect ? nullptr : eventCallback(kind, eventId);
  int result = -1;
  count++;
  switch (kind) {
    case Kind::Connect:
      result = virConnectRegisterCloseCallback(conn, onClose, opaque, drop);
      break;
    case Kind::Domain:
      result = virConnectDomainEventRegisterAny(conn, static_cast<virDomainPtr>(object), eventId, reinterpret_cast<virConnectDomainEventGenericCallback>(callback), opaque, drop);
      break;
    case Kind::Network:
      result = virConnectNetworkEventRegisterAny(conn, static_cast<virNetworkPtr>(object), eventId, reinterpret_cast<virConnectNetworkEventGenericCallback>(callback), opaque, drop);
      break;
    case Kind::StoragePool:
      result = virConnectStoragePoolEventRegisterAny(conn, static_cast<virStoragePoolPtr>(object), eventId, reinterpret_cast<virConnectStoragePoolEventGenericCallback>(callback), opaque, drop);
      break;
    case Kind::NodeDevice:
      result = virConnectNodeDeviceEventRegisterAny(conn, static_cast<virNodeDevicePtr>(object), eventId, reinterpret_cast<virConnectNodeDeviceEventGenericCallback>(callback), opaque, drop);
      break;
    case Kind::Secret:
      result = virConnectSecretEventRegisterAny(conn, static_cast<virSecretPtr>(object), eventId, reinterpret_cast<virConnectSecretEventGenericCallback>(callback), opaque, drop);
      break;
    default: break;
  }
  if (result < 0) {
    count--;
    delete opaque;
    return false;
  }
  callbackId_ = result;
  return true;
}

bool Subscription::deregister(virConnectPtr conn) {
  switch (kind) {
    case Kind::Connect: return virConnectUnregisterCloseCallback(conn, onClose) == 0;
    case Kind::Domain: return virConnectDomainEventDeregisterAny(conn, callbackId_) == 0;
    case Kind::Network: return virConnectNetworkEventDeregisterAny(conn, callbackId_) == 0;
    case Kind::StoragePool: return virConnectStoragePoolEventDeregisterAny(conn, callbackId_) == 0;
    case Kind::NodeDevice: return virConnectNodeDeviceEventDeregisterAny(conn, callbackId_) == 0;
    case Kind::Secret: return virConnectSecretEventDeregisterAny(conn, callbackId_) == 0;
    default: return false;
  }
}

std::unique_ptr<Payload> Payload::start(void *opaque) {
  auto payload = std::make_unique<Payload>();
  payload->subscription_ = *static_cast<Opaque *>(opaque);
  return payload;
}

void Payload::post(std::unique_ptr<Payload> payload) {
  auto env = payload->subscription_->env;
  env->post(std::move(payload));
}

void Payload::handle(Kind kind, const char *name, void *borrowed) {
  auto connection = subscription_->connection.lock();
  if (borrowed == nullptr || connection == nullptr) return add(name, Value{std::monostate{}});
  addReference(kind, borrowed);
  add(name, Value{HandleRef(std::make_shared<Handle>(kind, borrowed, std::move(connection)))});
}

void Payload::add(const char *name, const virDomainEventGraphicsAddress *v) {
  if (v == nullptr) return add(name, Value{std::monostate{}});
  Address address;
  address.family = v->family;
  address.node.set(v->node);
  address.service.set(v->service);
  add(name, Value{std::move(address)});
}

void Payload::add(const char *name, const virDomainEventGraphicsSubject *v) {
  std::vector<Pair> pairs;
  for (int i = 0; v != nullptr && i < v->nidentity; i++) {
    const auto &identity = v->identities[i];
    pairs.emplace_back(identity.type ? identity.type : "", identity.name ? identity.name : "");
  }
  add(name, Value{std::move(pairs)});
}

// The array belongs to libvirt: copied field by field.
void Payload::params(const char *name, virTypedParameterPtr v, int n) {
  auto copy = std::make_shared<Params>();
  if (n > 0) copy->reserve(n);
  for (int i = 0; i < n; i++) {
    copy->values[i] = v[i];
    if (v[i].type == VIR_TYPED_PARAM_STRING) copy->values[i].value.s = v[i].value.s ? strdup(v[i].value.s) : nullptr;
  }
  add(name, Value{std::move(copy)});
}

void Payload::deliver(napi_env env) {
  Js js(env);
  napi_value object = js.object({});
  for (auto &[name, field] : fields_) {
    napi_value value = js.null();
    if (auto *d = std::get_if<double>(&field)) value = js.value(*d);
    else if (auto *l = std::get_if<long long>(&field)) value = js.value(*l);
    else if (auto *u = std::get_if<unsigned long long>(&field)) value = js.value(*u);
    else if (auto *s = std::get_if<std::string>(&field)) value = js.text(s->c_str());
    else if (auto *h = std::get_if<HandleRef>(&field)) value = js.handle(*h);
    else if (auto *p = std::get_if<std::shared_ptr<Params>>(&field)) value = js.params((*p)->values, (*p)->count);
    else if (auto *a = std::get_if<Address>(&field))
      value = js.object({{"family", js.value(a->family)}, {"node", js.text(a->node.get())}, {"service", js.text(a->service.get())}});
    else if (auto *list = std::get_if<std::vector<Pair>>(&field)) {
      value = js.array(list->size());
      for (size_t i = 0; i < list->size(); i++)
        js.set(value, i, js.object({{"type", js.text((*list)[i].first.c_str())}, {"name", js.text((*list)[i].second.c_str())}}));
    }
    napi_set_named_property(env, object, name, value);
  }
  napi_value args[] = {js.value(subscription_->id), object};
  napi_value ignored;
  napi_call_function(env, js.undefined(), subscription_->env->hook("event"), 2, args, &ignored);
}

namespace {

// subscribe(connection, listener id, kind, event id, object or null)
struct Subscribe final : Call {
  static constexpr const char *kName = "virConnectEventRegisterAny";
  HandleRef conn, object;
  double listener = 0;
  int kind = 0, eventId = 0;
  std::shared_ptr<Subscription> subscription;
  const HandleRef &self() const override { return conn; }
  bool parse(Args &args) override {
    if (!args.handle(Kind::Connect, conn) || !args.number(listener) || !args.number(kind) || !args.number(eventId)) return false;
    if (kind != static_cast<int>(Kind::Connect) && eventCallback(static_cast<Kind>(kind), eventId) == nullptr) return args.reject("a known event id");
    napi_value value = args.raw();
    napi_valuetype type;
    napi_typeof(args.env, value, &type);
    if (type == napi_null) return true;
    HandleRef *ref = unwrapHandle(args.env, value);
    if (ref == nullptr || !*ref || (*ref)->kind != static_cast<Kind>(kind)) return args.reject("null or an object of the event's class");
    object = *ref;
    return true;
  }
  void run() override {
    subscription = std::make_shared<Subscription>(static_cast<Kind>(kind), listener, conn->connection);
    if (!subscription->registerWith(conn.as<virConnectPtr>(), eventId, object.as<void *>())) return fail();
    conn->connection->addSubscription(subscription);
  }
  napi_value result(Js &js) override {
    napi_value out;
    auto *box = new Opaque(subscription);
    napi_create_external(js.env, box, [](napi_env, void *data, void *) { delete static_cast<Opaque *>(data); }, nullptr, &out);
    return out;
  }
};

struct Unsubscribe final : Call {
  static constexpr const char *kName = "virConnectEventDeregisterAny";
  HandleRef conn;
  std::shared_ptr<Subscription> subscription;
  const HandleRef &self() const override { return conn; }
  bool parse(Args &args) override {
    if (!args.handle(Kind::Connect, conn)) return false;
    void *data = nullptr;
    if (napi_get_value_external(args.env, args.raw(), &data) != napi_ok) return args.reject("a subscription");
    subscription = *static_cast<Opaque *>(data);
    return true;
  }
  void run() override {
    conn->connection->removeSubscription(subscription.get());
    if (!subscription->deregister(conn.as<virConnectPtr>())) fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entriesEvents() {
  static const Entry table[] = {entry<Subscribe>(), entry<Unsubscribe>(), {nullptr, nullptr}};
  return table;
}
