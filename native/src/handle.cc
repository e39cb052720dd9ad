#include "handle.h"

#include "connection.h"

std::atomic<long> Handle::count{0};

namespace {

void freePointer(Kind kind, void *p) {
  switch (kind) {
    case Kind::Connect: break;  // the Connection closes itself
    case Kind::Domain: virDomainFree(static_cast<virDomainPtr>(p)); break;
    case Kind::Network: virNetworkFree(static_cast<virNetworkPtr>(p)); break;
    case Kind::NetworkPort: virNetworkPortFree(static_cast<virNetworkPortPtr>(p)); break;
    case Kind::StoragePool: virStoragePoolFree(static_cast<virStoragePoolPtr>(p)); break;
    case Kind::StorageVol: virStorageVolFree(static_cast<virStorageVolPtr>(p)); break;
    case Kind::Secret: virSecretFree(static_cast<virSecretPtr>(p)); break;
    case Kind::Interface: virInterfaceFree(static_cast<virInterfacePtr>(p)); break;
    case Kind::NodeDevice: virNodeDeviceFree(static_cast<virNodeDevicePtr>(p)); break;
    case Kind::NWFilter: virNWFilterFree(static_cast<virNWFilterPtr>(p)); break;
    case Kind::NWFilterBinding: virNWFilterBindingFree(static_cast<virNWFilterBindingPtr>(p)); break;
    case Kind::DomainSnapshot: virDomainSnapshotFree(static_cast<virDomainSnapshotPtr>(p)); break;
    case Kind::DomainCheckpoint: virDomainCheckpointFree(static_cast<virDomainCheckpointPtr>(p)); break;
    case Kind::Stream: virStreamFree(static_cast<virStreamPtr>(p)); break;
  }
}

}  // namespace

void addReference(Kind kind, void *p) {
  switch (kind) {
    case Kind::Domain: virDomainRef(static_cast<virDomainPtr>(p)); break;
    case Kind::Network: virNetworkRef(static_cast<virNetworkPtr>(p)); break;
    case Kind::StoragePool: virStoragePoolRef(static_cast<virStoragePoolPtr>(p)); break;
    case Kind::NodeDevice: virNodeDeviceRef(static_cast<virNodeDevicePtr>(p)); break;
    case Kind::Secret: virSecretRef(static_cast<virSecretPtr>(p)); break;
    default: break;  // nothing else is lent by a callback
  }
}

Handle::Handle(Kind k, void *pointer, std::shared_ptr<Connection> conn) : kind(k), connection(std::move(conn)), pointer_(pointer) {
  if (kind == Kind::Connect) return;
  count++;
  readNames();
  connection->track(this);
}

Handle::~Handle() {
  free();
}

void Handle::free() {
  if (kind == Kind::Connect) return;
  void *pointer = connection->untrack(this, pointer_);
  if (pointer == nullptr) return;
  freePointer(kind, pointer);
  count--;
}

void Handle::freeLocked() {
  if (pointer_ == nullptr) return;
  freePointer(kind, pointer_);
  pointer_ = nullptr;
  count--;
}

void *Handle::raw() const { return kind == Kind::Connect ? static_cast<void *>(connection->raw()) : pointer_; }

void Handle::readNames() {
  const auto named = [this](const char *text) {
    hasName = text != nullptr;
    if (text) name = text;
  };
  char buffer[VIR_UUID_STRING_BUFLEN] = {};
  const auto identified = [&](int result) {
    hasUuid = result == 0;
    if (hasUuid) uuid = buffer;
  };
  void *p = pointer_;
  switch (kind) {
    case Kind::Domain:
      named(virDomainGetName(static_cast<virDomainPtr>(p)));
      identified(virDomainGetUUIDString(static_cast<virDomainPtr>(p), buffer));
      break;
    case Kind::Network:
      named(virNetworkGetName(static_cast<virNetworkPtr>(p)));
      identified(virNetworkGetUUIDString(static_cast<virNetworkPtr>(p), buffer));
      break;
    case Kind::NetworkPort: identified(virNetworkPortGetUUIDString(static_cast<virNetworkPortPtr>(p), buffer)); break;
    case Kind::StoragePool:
      named(virStoragePoolGetName(static_cast<virStoragePoolPtr>(p)));
      identified(virStoragePoolGetUUIDString(static_cast<virStoragePoolPtr>(p), buffer));
      break;
    case Kind::StorageVol: {
      // A volume has no uuid: its key takes the second place.
      named(virStorageVolGetName(static_cast<virStorageVolPtr>(p)));
      const char *key = virStorageVolGetKey(static_cast<virStorageVolPtr>(p));
      hasUuid = key != nullptr;
      if (key) uuid = key;
      break;
    }
    case Kind::Secret: identified(virSecretGetUUIDString(static_cast<virSecretPtr>(p), buffer)); break;
    case Kind::Interface: named(virInterfaceGetName(static_cast<virInterfacePtr>(p))); break;
    case Kind::NodeDevice: named(virNodeDeviceGetName(static_cast<virNodeDevicePtr>(p))); break;
    case Kind::NWFilter:
      named(virNWFilterGetName(static_cast<virNWFilterPtr>(p)));
      identified(virNWFilterGetUUIDString(static_cast<virNWFilterPtr>(p), buffer));
      break;
    case Kind::NWFilterBinding: named(virNWFilterBindingGetPortDev(static_cast<virNWFilterBindingPtr>(p))); break;
    case Kind::DomainSnapshot: named(virDomainSnapshotGetName(static_cast<virDomainSnapshotPtr>(p))); break;
    case Kind::DomainCheckpoint: named(virDomainCheckpointGetName(static_cast<virDomainCheckpointPtr>(p))); break;
    case Kind::Connect:
    case Kind::Stream: break;
  }
}
