#include "stats.h"

#include "call.h"

namespace {

struct Records {
  virDomainStatsRecordPtr *values = nullptr;
  int count = 0;
  HandleList domains;
  Records() = default;
  Records(const Records &) = delete;
  ~Records() {
    if (values != nullptr) virDomainStatsRecordListFree(values);
  }
  napi_value toJs(Js &js) const {
    napi_value out = js.array(count);
    for (int i = 0; i < count; i++) {
      napi_handle_scope scope;
      napi_open_handle_scope(js.env, &scope);
      const HandleRef &domain = domains[i];
      js.set(out, i, js.object({
          {"domain", js.handle(domain)},
          {"uuid", js.text(domain->uuid.c_str())},
          {"name", js.text(domain->name.c_str())},
          {"params", js.params(values[i]->params, values[i]->nparams)},
      }));
      napi_close_handle_scope(js.env, scope);
    }
    return out;
  }
};

struct StatsCall : Call {
  Records records;
  void take(int count) {
    if (count < 0) return fail();
    records.count = count;
    for (int i = 0; i < count; i++) {
      // The record's own reference goes with the list: the handle needs one more.
      virDomainRef(records.values[i]->dom);
      records.domains.push_back(adopt(Kind::Domain, records.values[i]->dom));
    }
  }
  napi_value result(Js &js) override { return records.toJs(js); }
};

struct AllStats final : StatsCall {
  static constexpr const char *kName = "virConnectGetAllDomainStats";
  HandleRef conn;
  unsigned stats = 0, flags = 0;
  const HandleRef &self() const override { return conn; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn) && args.number(stats) && args.number(flags); }
  void run() override { take(virConnectGetAllDomainStats(conn.as<virConnectPtr>(), stats, &records.values, flags)); }
};

struct ListStats final : StatsCall {
  static constexpr const char *kName = "virDomainListGetStats";
  HandleRef conn;
  HandleList wanted;
  unsigned stats = 0, flags = 0;
  const HandleRef &self() const override { return conn; }
  bool parse(Args &args) override { return args.handle(Kind::Connect, conn) && args.handles(Kind::Domain, wanted) && args.number(stats) && args.number(flags); }
  void run() override {
    if (wanted.empty()) return;
    std::vector<virDomainPtr> pointers;
    for (const auto &domain : wanted) pointers.push_back(domain.as<virDomainPtr>());
    pointers.push_back(nullptr);
    take(virDomainListGetStats(pointers.data(), stats, &records.values, flags));
  }
};

}  // namespace

const Entry *entriesStats() {
  static const Entry table[] = {entry<AllStats>(), entry<ListStats>(), {nullptr, nullptr}};
  return table;
}
