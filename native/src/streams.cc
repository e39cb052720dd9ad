#include "streams.h"

#include "call.h"

// Blocking streams: a send or receive holds one worker of its connection until the other side takes
// or gives something. So a stream wants a connection of its own, with at least two workers.

namespace {

constexpr int kHole = -3;
constexpr size_t kReceiveMax = 1024 * 1024;

struct StreamCall : Call {
  HandleRef stream;
  const HandleRef &self() const override { return stream; }
  virStreamPtr pointer() const { return stream.as<virStreamPtr>(); }
  napi_value result(Js &js) override { return js.undefined(); }
};

// virStreamNew(any object): on that object's connection.
struct New final : Call {
  static constexpr const char *kName = "virStreamNew";
  HandleRef of, stream;
  const HandleRef &self() const override { return of; }
  bool parse(Args &args) override {
    HandleRef *ref = unwrapHandle(args.env, args.raw());
    if (ref == nullptr || !*ref) return args.reject("a libvirt object");
    of = *ref;
    return true;
  }
  void run() override {
    virStreamPtr made = virStreamNew(of->connection->raw(), 0);
    if (made == nullptr) return fail();
    stream = adopt(Kind::Stream, made);
  }
  napi_value result(Js &js) override { return js.handle(stream); }
};

struct Send final : StreamCall {
  static constexpr const char *kName = "virStreamSend";
  Bytes data;
  bool parse(Args &args) override { return args.handle(Kind::Stream, stream) && args.bytes(data); }
  void run() override {
    for (size_t sent = 0; sent < data.size();) {
      const int wrote = virStreamSend(pointer(), reinterpret_cast<const char *>(data.data()) + sent, data.size() - sent);
      if (wrote < 0) return fail();
      sent += static_cast<size_t>(wrote);
    }
  }
};

struct SendHole final : StreamCall {
  static constexpr const char *kName = "virStreamSendHole";
  long long length = 0;
  bool parse(Args &args) override { return args.handle(Kind::Stream, stream) && args.number(length); }
  void run() override {
    if (virStreamSendHole(pointer(), length, 0) < 0) fail();
  }
};

// Bytes; a BigInt for a hole of that length (only when sparse); null at the end.
struct Receive final : StreamCall {
  static constexpr const char *kName = "virStreamRecv";
  size_t most = 0;
  bool sparse = false;
  Bytes data;
  int got = 0;
  long long hole = 0;
  bool parse(Args &args) override {
    return args.handle(Kind::Stream, stream) && args.number(most) && ((most > 0 && most <= kReceiveMax) || args.reject("from 1 byte to 1 MiB")) && args.boolean(sparse);
  }
  void run() override {
    data.value.resize(most);
    char *to = reinterpret_cast<char *>(data.data());
    got = sparse ? virStreamRecvFlags(pointer(), to, most, VIR_STREAM_RECV_STOP_AT_HOLE) : virStreamRecv(pointer(), to, most);
    if (got == kHole) got = virStreamRecvHole(pointer(), &hole, 0) < 0 ? -1 : kHole;
    if (got < 0 && got != kHole) fail();
  }
  napi_value result(Js &js) override {
    if (got == kHole) return js.value(hole);
    return got == 0 ? js.null() : js.bytes(data.data(), static_cast<size_t>(got));
  }
};

struct Finish final : StreamCall {
  static constexpr const char *kName = "virStreamFinish";
  bool parse(Args &args) override { return args.handle(Kind::Stream, stream); }
  void run() override {
    if (virStreamFinish(pointer()) < 0) fail();
  }
};

struct Abort final : StreamCall {
  static constexpr const char *kName = "virStreamAbort";
  bool parse(Args &args) override { return args.handle(Kind::Stream, stream); }
  void run() override {
    if (virStreamAbort(pointer()) < 0) fail();
  }
};

}  // namespace

const Entry *entriesStreams() {
  static const Entry table[] = {entry<New>(), entry<Send>(), entry<SendHole>(), entry<Receive>(), entry<Finish>(), entry<Abort>(), {nullptr, nullptr}};
  return table;
}
