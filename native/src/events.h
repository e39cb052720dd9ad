// Events: libvirt's callbacks run on the event loop's thread, copy what they were given, and post it.
#pragma once
#include <libvirt/libvirt.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "convert.h"
#include "env.h"
#include "handle.h"

struct Entry;
const Entry *entriesEvents();

class Subscription : public std::enable_shared_from_this<Subscription> {
 public:
  // `Kind::Connect` stands for the close callback.
  Subscription(Kind kind, double id, std::shared_ptr<Connection> connection);
  bool registerWith(virConnectPtr connection, int eventId, void *object);
  // Worker.
  bool deregister(virConnectPtr connection);

  const Kind kind;
  // The number by which lib/events.ts knows the listener.
  const double id;
  const std::weak_ptr<Connection> connection;
  const std::shared_ptr<Env> env;
  static std::atomic<long> count;

 private:
  int callbackId_ = -1;
};

class Payload : public Item {
 public:
  static std::unique_ptr<Payload> start(void *opaque);
  static void post(std::unique_ptr<Payload> payload);
  void handle(Kind kind, const char *name, void *borrowed);
  void add(const char *name, int v) { add(name, Value{static_cast<double>(v)}); }
  void add(const char *name, unsigned v) { add(name, Value{static_cast<double>(v)}); }
  void add(const char *name, long long v) { add(name, Value{v}); }
  void add(const char *name, unsigned long long v) { add(name, Value{v}); }
  void add(const char *name, const char *v) { v ? add(name, Value{std::string(v)}) : add(name, Value{std::monostate{}}); }
  void add(const char *name, const virDomainEventGraphicsAddress *v);
  void add(const char *name, const virDomainEventGraphicsSubject *v);
  void params(const char *name, virTypedParameterPtr v, int count);
  void deliver(napi_env env) override;

 private:
  using Pair = std::pair<std::string, std::string>;
  struct Address {
    int family;
    Text node, service;
  };
  using Value = std::variant<std::monostate, double, long long, unsigned long long, std::string, HandleRef, std::shared_ptr<Params>, Address, std::vector<Pair>>;
  void add(const char *name, Value v) { fields_.emplace_back(name, std::move(v)); }
  std::shared_ptr<Subscription> subscription_;
  std::vector<std::pair<const char *, Value>> fields_;
};
