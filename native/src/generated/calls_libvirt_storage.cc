// Generated from libvirt's API description by `npm run generate`: do not edit.
#include "../call.h"
#include <libvirt/libvirt-qemu.h>

namespace {

struct virConnectFindStoragePoolSources_Call final : Call {
  static constexpr const char *kName = "virConnectFindStoragePoolSources";
  HandleRef conn_; Text type_; Text srcSpec_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(type_) && args.textOrNull(srcSpec_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, const char *, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), type_.get(), srcSpec_.get(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectGetStoragePoolCapabilities_Call final : Call {
  static constexpr const char *kName = "virConnectGetStoragePoolCapabilities";
  HandleRef conn_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virConnectPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(conn_.as<virConnectPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virConnectListAllStoragePools_Call final : Call {
  static constexpr const char *kName = "virConnectListAllStoragePools";
  HandleRef conn_; HandleList pools_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, virStoragePoolPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(conn_.as<virConnectPtr>(), reinterpret_cast<virStoragePoolPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::StoragePool, found, r, pools_);
  }
  napi_value result(Js &js) override { return js.handles(pools_); }
};

struct virConnectListDefinedStoragePools_Call final : Call {
  static constexpr const char *kName = "virConnectListDefinedStoragePools";
  HandleRef conn_; NameBuffer names_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(conn_.as<virConnectPtr>(), names_.data(), names_.room()); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virConnectListStoragePools_Call final : Call {
  static constexpr const char *kName = "virConnectListStoragePools";
  HandleRef conn_; NameBuffer names_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(conn_.as<virConnectPtr>(), names_.data(), names_.room()); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virConnectNumOfDefinedStoragePools_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfDefinedStoragePools";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virConnectNumOfStoragePools_Call final : Call {
  static constexpr const char *kName = "virConnectNumOfStoragePools";
  HandleRef conn_; int r = 0;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_); }
  void run() override {
    static const Symbol<int (*)(virConnectPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(conn_.as<virConnectPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virStoragePoolBuild_Call final : Call {
  static constexpr const char *kName = "virStoragePoolBuild";
  HandleRef pool_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStoragePoolCreate_Call final : Call {
  static constexpr const char *kName = "virStoragePoolCreate";
  HandleRef pool_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStoragePoolCreateXML_Call final : Call {
  static constexpr const char *kName = "virStoragePoolCreateXML";
  HandleRef conn_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolDefineXML_Call final : Call {
  static constexpr const char *kName = "virStoragePoolDefineXML";
  HandleRef conn_; Text xml_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(xml_) && args.number(flags_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virConnectPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), xml_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolDelete_Call final : Call {
  static constexpr const char *kName = "virStoragePoolDelete";
  HandleRef pool_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStoragePoolDestroy_Call final : Call {
  static constexpr const char *kName = "virStoragePoolDestroy";
  HandleRef pool_; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStoragePoolGetAutostart_Call final : Call {
  static constexpr const char *kName = "virStoragePoolGetAutostart";
  HandleRef pool_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, int *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), &autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(autostart_ != 0); }
};

struct virStoragePoolGetInfo_Call final : Call {
  static constexpr const char *kName = "virStoragePoolGetInfo";
  HandleRef pool_; virStoragePoolInfo info_ = {}; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, virStoragePoolInfoPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), &info_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"state", js.value(info_.state)}, {"capacity", js.value(info_.capacity)}, {"allocation", js.value(info_.allocation)}, {"available", js.value(info_.available)}}); }
};

struct virStoragePoolGetName_Call final : Call {
  static constexpr const char *kName = "virStoragePoolGetName";
  HandleRef pool_; Text r;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<const char * (*)(virStoragePoolPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(pool_.as<virStoragePoolPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virStoragePoolGetUUID_Call final : Call {
  static constexpr const char *kName = "virStoragePoolGetUUID";
  HandleRef pool_; unsigned char uuid_[VIR_UUID_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), uuid_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.bytes(uuid_, sizeof uuid_); }
};

struct virStoragePoolGetUUIDString_Call final : Call {
  static constexpr const char *kName = "virStoragePoolGetUUIDString";
  HandleRef pool_; char buf_[VIR_UUID_STRING_BUFLEN] = {}; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, char *)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), buf_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.text(buf_); }
};

struct virStoragePoolGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virStoragePoolGetXMLDesc";
  HandleRef pool_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virStoragePoolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(pool_.as<virStoragePoolPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virStoragePoolIsActive_Call final : Call {
  static constexpr const char *kName = "virStoragePoolIsActive";
  HandleRef pool_; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virStoragePoolIsPersistent_Call final : Call {
  static constexpr const char *kName = "virStoragePoolIsPersistent";
  HandleRef pool_; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.boolean(r != 0); }
};

struct virStoragePoolListAllVolumes_Call final : Call {
  static constexpr const char *kName = "virStoragePoolListAllVolumes";
  HandleRef pool_; HandleList vols_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, virStorageVolPtr **, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void **found = nullptr;
    r = fn(pool_.as<virStoragePoolPtr>(), reinterpret_cast<virStorageVolPtr **>(&found), flags_);
    if (r < 0) return fail();
    adoptAll(Kind::StorageVol, found, r, vols_);
  }
  napi_value result(Js &js) override { return js.handles(vols_); }
};

struct virStoragePoolListVolumes_Call final : Call {
  static constexpr const char *kName = "virStoragePoolListVolumes";
  HandleRef pool_; NameBuffer names_; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, char **, int)> fn{kName};
    if (!fn) return unsupported();
    do r = fn(pool_.as<virStoragePoolPtr>(), names_.data(), names_.room()); while (names_.mustGrow(r));
    if (r < 0) return fail();
    names_.count = r;
  }
  napi_value result(Js &js) override { return js.texts(names_.data(), names_.count); }
};

struct virStoragePoolLookupByName_Call final : Call {
  static constexpr const char *kName = "virStoragePoolLookupByName";
  HandleRef conn_; Text name_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(name_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolLookupByTargetPath_Call final : Call {
  static constexpr const char *kName = "virStoragePoolLookupByTargetPath";
  HandleRef conn_; Text path_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(path_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), path_.get());
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolLookupByUUID_Call final : Call {
  static constexpr const char *kName = "virStoragePoolLookupByUUID";
  HandleRef conn_; Uuid uuid_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.uuid(uuid_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virConnectPtr, const unsigned char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuid_.bytes);
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolLookupByUUIDString_Call final : Call {
  static constexpr const char *kName = "virStoragePoolLookupByUUIDString";
  HandleRef conn_; Text uuidstr_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(uuidstr_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), uuidstr_.get());
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolLookupByVolume_Call final : Call {
  static constexpr const char *kName = "virStoragePoolLookupByVolume";
  HandleRef vol_; HandleRef r;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_); }
  void run() override {
    static const Symbol<virStoragePoolPtr (*)(virStorageVolPtr)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(vol_.as<virStorageVolPtr>());
    if (!raw) return fail();
    r = adopt(Kind::StoragePool, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStoragePoolNumOfVolumes_Call final : Call {
  static constexpr const char *kName = "virStoragePoolNumOfVolumes";
  HandleRef pool_; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.value(r); }
};

struct virStoragePoolRefresh_Call final : Call {
  static constexpr const char *kName = "virStoragePoolRefresh";
  HandleRef pool_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStoragePoolSetAutostart_Call final : Call {
  static constexpr const char *kName = "virStoragePoolSetAutostart";
  HandleRef pool_; int autostart_ = 0; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.number(autostart_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr, int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>(), autostart_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStoragePoolUndefine_Call final : Call {
  static constexpr const char *kName = "virStoragePoolUndefine";
  HandleRef pool_; int r = 0;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_); }
  void run() override {
    static const Symbol<int (*)(virStoragePoolPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(pool_.as<virStoragePoolPtr>());
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStorageVolCreateXML_Call final : Call {
  static constexpr const char *kName = "virStorageVolCreateXML";
  HandleRef pool_; Text xmlDesc_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.text(xmlDesc_) && args.number(flags_); }
  void run() override {
    static const Symbol<virStorageVolPtr (*)(virStoragePoolPtr, const char *, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(pool_.as<virStoragePoolPtr>(), xmlDesc_.get(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::StorageVol, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStorageVolCreateXMLFrom_Call final : Call {
  static constexpr const char *kName = "virStorageVolCreateXMLFrom";
  HandleRef pool_; Text xmlDesc_; HandleRef clonevol_; unsigned int flags_ = 0; HandleRef r;
  const HandleRef &self() const override { return pool_; }
  const HandleRef *guest() const override { return &clonevol_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.text(xmlDesc_) && args.handle(Kind::StorageVol, clonevol_) && args.number(flags_); }
  void run() override {
    static const Symbol<virStorageVolPtr (*)(virStoragePoolPtr, const char *, virStorageVolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(pool_.as<virStoragePoolPtr>(), xmlDesc_.get(), clonevol_.as<virStorageVolPtr>(), flags_);
    if (!raw) return fail();
    r = adopt(Kind::StorageVol, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStorageVolDelete_Call final : Call {
  static constexpr const char *kName = "virStorageVolDelete";
  HandleRef vol_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStorageVolDownload_Call final : Call {
  static constexpr const char *kName = "virStorageVolDownload";
  HandleRef vol_; HandleRef stream_; unsigned long long offset_ = 0; unsigned long long length_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  const HandleRef *guest() const override { return &stream_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.handle(Kind::Stream, stream_) && args.number(offset_) && args.number(length_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, virStreamPtr, unsigned long long, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), stream_.as<virStreamPtr>(), offset_, length_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStorageVolGetInfo_Call final : Call {
  static constexpr const char *kName = "virStorageVolGetInfo";
  HandleRef vol_; virStorageVolInfo info_ = {}; int r = 0;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, virStorageVolInfoPtr)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), &info_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"type", js.value(info_.type)}, {"capacity", js.value(info_.capacity)}, {"allocation", js.value(info_.allocation)}}); }
};

struct virStorageVolGetInfoFlags_Call final : Call {
  static constexpr const char *kName = "virStorageVolGetInfoFlags";
  HandleRef vol_; virStorageVolInfo info_ = {}; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, virStorageVolInfoPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), &info_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.object({{"type", js.value(info_.type)}, {"capacity", js.value(info_.capacity)}, {"allocation", js.value(info_.allocation)}}); }
};

struct virStorageVolGetKey_Call final : Call {
  static constexpr const char *kName = "virStorageVolGetKey";
  HandleRef vol_; Text r;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_); }
  void run() override {
    static const Symbol<const char * (*)(virStorageVolPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(vol_.as<virStorageVolPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virStorageVolGetName_Call final : Call {
  static constexpr const char *kName = "virStorageVolGetName";
  HandleRef vol_; Text r;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_); }
  void run() override {
    static const Symbol<const char * (*)(virStorageVolPtr)> fn{kName};
    if (!fn) return unsupported();
    const char *text = fn(vol_.as<virStorageVolPtr>());
    if (!text && hasError()) return fail();
    r.set(text);
  }
  napi_value result(Js &js) override { return js.text(r.get()); }
};

struct virStorageVolGetPath_Call final : Call {
  static constexpr const char *kName = "virStorageVolGetPath";
  HandleRef vol_; OwnedText r;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_); }
  void run() override {
    static const Symbol<char * (*)(virStorageVolPtr)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(vol_.as<virStorageVolPtr>());
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virStorageVolGetXMLDesc_Call final : Call {
  static constexpr const char *kName = "virStorageVolGetXMLDesc";
  HandleRef vol_; unsigned int flags_ = 0; OwnedText r;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.number(flags_); }
  void run() override {
    static const Symbol<char * (*)(virStorageVolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r.value = fn(vol_.as<virStorageVolPtr>(), flags_);
    if (!r.value && hasError()) return fail();
  }
  napi_value result(Js &js) override { return js.text(r.value); }
};

struct virStorageVolLookupByKey_Call final : Call {
  static constexpr const char *kName = "virStorageVolLookupByKey";
  HandleRef conn_; Text key_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.textOrNull(key_); }
  void run() override {
    static const Symbol<virStorageVolPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), key_.get());
    if (!raw) return fail();
    r = adopt(Kind::StorageVol, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStorageVolLookupByName_Call final : Call {
  static constexpr const char *kName = "virStorageVolLookupByName";
  HandleRef pool_; Text name_; HandleRef r;
  const HandleRef &self() const override { return pool_; }
  bool parse(Args &args) override { return args.handle(Kind::StoragePool, pool_) && args.text(name_); }
  void run() override {
    static const Symbol<virStorageVolPtr (*)(virStoragePoolPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(pool_.as<virStoragePoolPtr>(), name_.get());
    if (!raw) return fail();
    r = adopt(Kind::StorageVol, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStorageVolLookupByPath_Call final : Call {
  static constexpr const char *kName = "virStorageVolLookupByPath";
  HandleRef conn_; Text path_; HandleRef r;
  const HandleRef &self() const override { return conn_; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn_) && args.text(path_); }
  void run() override {
    static const Symbol<virStorageVolPtr (*)(virConnectPtr, const char *)> fn{kName};
    if (!fn) return unsupported();
    void *raw = fn(conn_.as<virConnectPtr>(), path_.get());
    if (!raw) return fail();
    r = adopt(Kind::StorageVol, raw);
  }
  napi_value result(Js &js) override { return js.handle(r); }
};

struct virStorageVolResize_Call final : Call {
  static constexpr const char *kName = "virStorageVolResize";
  HandleRef vol_; unsigned long long capacity_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.number(capacity_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), capacity_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStorageVolUpload_Call final : Call {
  static constexpr const char *kName = "virStorageVolUpload";
  HandleRef vol_; HandleRef stream_; unsigned long long offset_ = 0; unsigned long long length_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  const HandleRef *guest() const override { return &stream_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.handle(Kind::Stream, stream_) && args.number(offset_) && args.number(length_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, virStreamPtr, unsigned long long, unsigned long long, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), stream_.as<virStreamPtr>(), offset_, length_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStorageVolWipe_Call final : Call {
  static constexpr const char *kName = "virStorageVolWipe";
  HandleRef vol_; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

struct virStorageVolWipePattern_Call final : Call {
  static constexpr const char *kName = "virStorageVolWipePattern";
  HandleRef vol_; unsigned int algorithm_ = 0; unsigned int flags_ = 0; int r = 0;
  const HandleRef &self() const override { return vol_; }
  bool parse(Args &args) override { return args.handle(Kind::StorageVol, vol_) && args.number(algorithm_) && args.number(flags_); }
  void run() override {
    static const Symbol<int (*)(virStorageVolPtr, unsigned int, unsigned int)> fn{kName};
    if (!fn) return unsupported();
    r = fn(vol_.as<virStorageVolPtr>(), algorithm_, flags_);
    if (r < 0) return fail();
  }
  napi_value result(Js &js) override { return js.undefined(); }
};

}  // namespace

const Entry *entries_libvirt_storage() {
  static const Entry table[] = {
    entry<virConnectFindStoragePoolSources_Call>(),
    entry<virConnectGetStoragePoolCapabilities_Call>(),
    entry<virConnectListAllStoragePools_Call>(),
    entry<virConnectListDefinedStoragePools_Call>(),
    entry<virConnectListStoragePools_Call>(),
    entry<virConnectNumOfDefinedStoragePools_Call>(),
    entry<virConnectNumOfStoragePools_Call>(),
    entry<virStoragePoolBuild_Call>(),
    entry<virStoragePoolCreate_Call>(),
    entry<virStoragePoolCreateXML_Call>(),
    entry<virStoragePoolDefineXML_Call>(),
    entry<virStoragePoolDelete_Call>(),
    entry<virStoragePoolDestroy_Call>(),
    entry<virStoragePoolGetAutostart_Call>(),
    entry<virStoragePoolGetInfo_Call>(),
    entry<virStoragePoolGetName_Call>(),
    entry<virStoragePoolGetUUID_Call>(),
    entry<virStoragePoolGetUUIDString_Call>(),
    entry<virStoragePoolGetXMLDesc_Call>(),
    entry<virStoragePoolIsActive_Call>(),
    entry<virStoragePoolIsPersistent_Call>(),
    entry<virStoragePoolListAllVolumes_Call>(),
    entry<virStoragePoolListVolumes_Call>(),
    entry<virStoragePoolLookupByName_Call>(),
    entry<virStoragePoolLookupByTargetPath_Call>(),
    entry<virStoragePoolLookupByUUID_Call>(),
    entry<virStoragePoolLookupByUUIDString_Call>(),
    entry<virStoragePoolLookupByVolume_Call>(),
    entry<virStoragePoolNumOfVolumes_Call>(),
    entry<virStoragePoolRefresh_Call>(),
    entry<virStoragePoolSetAutostart_Call>(),
    entry<virStoragePoolUndefine_Call>(),
    entry<virStorageVolCreateXML_Call>(),
    entry<virStorageVolCreateXMLFrom_Call>(),
    entry<virStorageVolDelete_Call>(),
    entry<virStorageVolDownload_Call>(),
    entry<virStorageVolGetInfo_Call>(),
    entry<virStorageVolGetInfoFlags_Call>(),
    entry<virStorageVolGetKey_Call>(),
    entry<virStorageVolGetName_Call>(),
    entry<virStorageVolGetPath_Call>(),
    entry<virStorageVolGetXMLDesc_Call>(),
    entry<virStorageVolLookupByKey_Call>(),
    entry<virStorageVolLookupByName_Call>(),
    entry<virStorageVolLookupByPath_Call>(),
    entry<virStorageVolResize_Call>(),
    entry<virStorageVolUpload_Call>(),
    entry<virStorageVolWipe_Call>(),
    entry<virStorageVolWipePattern_Call>(),
    {nullptr, nullptr},
  };
  return table;
}
