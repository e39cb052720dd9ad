// Handles: libvirt's objects as JavaScript holds them. A handle keeps its connection's memory
// alive; closing the connection frees what libvirt gave out, so that no finaliser ever closes one.
#pragma once
#include <libvirt/libvirt.h>
#include <node_api.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

enum class Kind {
  Connect, Domain, Network, NetworkPort, StoragePool, StorageVol, Secret, Interface,
  NodeDevice, NWFilter, NWFilterBinding, DomainSnapshot, DomainCheckpoint, Stream,
};

class Connection;

class Handle {
 public:
  // Takes over one reference of `pointer`.
  Handle(Kind kind, void *pointer, std::shared_ptr<Connection> connection);
  ~Handle();
  Handle(const Handle &) = delete;
  void free();
  // While the connection holds its list's lock, at close.
  void freeLocked();
  void *raw() const;

  const Kind kind;
  const std::shared_ptr<Connection> connection;
  // Read once, from libvirt's own memory: neither needs a call. Which of the two a kind has is in handle.cc.
  std::string name, uuid;
  bool hasName = false, hasUuid = false;

  static std::atomic<long> count;

 private:
  void readNames();
  void *pointer_;
};

class HandleRef {
 public:
  HandleRef() = default;
  explicit HandleRef(std::shared_ptr<Handle> handle) : handle_(std::move(handle)) {}
  template <class T> T as() const { return handle_ ? static_cast<T>(handle_->raw()) : nullptr; }
  Handle *operator->() const { return handle_.get(); }
  explicit operator bool() const { return handle_ != nullptr; }
  void reset() { handle_.reset(); }

 private:
  std::shared_ptr<Handle> handle_;
};

using HandleList = std::vector<HandleRef>;

// Adds a reference of libvirt's own, for objects that a callback only lends.
void addReference(Kind kind, void *pointer);
