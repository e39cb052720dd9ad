// A connection with worker threads of its own: lazy, at most `maxInFlight`, gone after five idle seconds.
#pragma once
#include <libvirt/libvirt.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_set>

#include "env.h"
#include "handle.h"

class Call;
class Subscription;

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  enum class State { Fresh, Open, Closing, Closed };

  Connection(std::shared_ptr<Env> env, unsigned maxInFlight);
  ~Connection();

  // JavaScript thread. False when the connection is closing or closed: nothing was queued.
  bool submit(std::unique_ptr<Call> &call);
  // JavaScript thread. Takes a call back that no worker has begun; null when it has begun or is done.
  std::unique_ptr<Call> withdraw(double id);
  // JavaScript thread. What is queued comes back unsent; what runs is waited for; then everything is freed
  // on a thread of its own, and `done` is posted.
  std::deque<std::unique_ptr<Call>> close(std::unique_ptr<Item> done);
  // Shuts the socket down: calls that wait for the daemon fail within milliseconds.
  void abort();

  // Worker, from the open call.
  void opened(virConnectPtr pointer);
  void socketIs(int descriptor);
  virConnectPtr raw() const { return pointer_; }
  bool closing() const { return state_ >= State::Closing; }

  // Another connection's call uses an object of this one (a migration's destination): close waits for it.
  bool enter();
  void leave();

  void track(Handle *handle);
  void *untrack(Handle *handle, void *&pointer);
  void addSubscription(std::shared_ptr<Subscription> subscription);
  void removeSubscription(const Subscription *subscription);

  const std::shared_ptr<Env> env;
  bool wantsEvents = true;

  static std::atomic<long> threads, live;

 private:
  void work();
  void finishClose(std::unique_ptr<Item> done);

  const unsigned maxInFlight_;
  std::atomic<State> state_{State::Fresh};
  std::atomic<virConnectPtr> pointer_{nullptr};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Call>> queue_;
  unsigned workers_ = 0, idle_ = 0, running_ = 0;
  int socket_ = -1;
  bool aborted_ = false;

  std::mutex handlesMutex_;
  bool freed_ = false;
  std::unordered_set<Handle *> handles_;
  std::unordered_set<std::shared_ptr<Subscription>> subscriptions_;
};
