#include "connection.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <system_error>
#include <thread>
#include <vector>

#include "call.h"
#include "events.h"

std::atomic<long> Connection::threads{0};
std::atomic<long> Connection::live{0};

namespace {

constexpr auto kIdle = std::chrono::seconds(5);
constexpr int kThreadRetryMs = 100;

using Body = std::function<void()>;

bool tryStart(const Body &body) {
  try {
    std::thread(body).detach();
    return true;
  } catch (const std::system_error &) {
    return false;
  }
}

// A process may have no thread to give for a while (a limit of processes or of memory). What was to run on one waits for
// it on the event loop: calls keep their place in line, and their deadlines.
void startThread(Body body) {
  if (tryStart(body)) return;
  const auto again = [](int timer, void *waiting) {
    if (tryStart(*static_cast<Body *>(waiting))) virEventRemoveTimeout(timer);
  };
  virEventAddTimeout(kThreadRetryMs, again, new Body(std::move(body)), [](void *waiting) { delete static_cast<Body *>(waiting); });
}

}  // namespace

Connection::Connection(std::shared_ptr<Env> e, unsigned maxInFlight) : env(std::move(e)), maxInFlight_(maxInFlight) {}

Connection::~Connection() {
  if (socket_ >= 0) ::close(socket_);
  // Only reached open when JavaScript dropped every handle without close(): virConnectClose
  // may block, and this may be a garbage collection.
  if (virConnectPtr left = pointer_.exchange(nullptr)) {
    live--;
    startThread([left] { virConnectClose(left); });
  }
}

bool Connection::submit(std::unique_ptr<Call> &call) {
  std::lock_guard lock(mutex_);
  if (closing()) return false;
  queue_.push_back(std::move(call));
  if (idle_ < queue_.size() && workers_ < maxInFlight_) {
    workers_++;
    threads++;
    startThread([self = shared_from_this()] { self->work(); });
  } else {
    changed_.notify_all();
  }
  return true;
}

void Connection::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (queue_.empty()) {
      idle_++;
      const bool wanted = changed_.wait_for(lock, kIdle, [this] { return !queue_.empty() || closing(); });
      idle_--;
      if (queue_.empty() && (!wanted || closing())) break;
      if (queue_.empty()) continue;
    }
    auto call = std::move(queue_.front());
    queue_.pop_front();
    running_++;
    lock.unlock();
    call->execute();
    Call::finish(std::move(call));
    lock.lock();
    running_--;
    if (closing()) changed_.notify_all();
  }
  workers_--;
  threads--;
  if (closing()) changed_.notify_all();
}

std::unique_ptr<Call> Connection::withdraw(double id) {
  std::lock_guard lock(mutex_);
  for (auto it = queue_.begin(); it != queue_.end(); ++it) {
    if ((*it)->callId != id) continue;
    auto call = std::move(*it);
    queue_.erase(it);
    return call;
  }
  return nullptr;
}

void Connection::opened(virConnectPtr pointer) {
  std::lock_guard lock(mutex_);
  pointer_ = pointer;
  live++;
  if (state_ == State::Fresh) state_ = State::Open;
}

void Connection::socketIs(int descriptor) {
  std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::close(socket_);
  socket_ = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (aborted_ && socket_ >= 0) shutdown(socket_, SHUT_RDWR);
}

void Connection::abort() {
  std::lock_guard lock(mutex_);
  aborted_ = true;
  if (socket_ >= 0) shutdown(socket_, SHUT_RDWR);
}

std::deque<std::unique_ptr<Call>> Connection::close(std::unique_ptr<Item> done) {
  std::deque<std::unique_ptr<Call>> unsent;
  {
    std::lock_guard lock(mutex_);
    state_ = State::Closing;
    unsent.swap(queue_);
    changed_.notify_all();
  }
  threads++;
  // A body can be copied, an item cannot.
  const auto item = std::make_shared<std::unique_ptr<Item>>(std::move(done));
  startThread([self = shared_from_this(), item] { self->finishClose(std::move(*item)); });
  return unsent;
}

void Connection::finishClose(std::unique_ptr<Item> done) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return running_ == 0 && workers_ == 0; });
  }
  std::unordered_set<std::shared_ptr<Subscription>> subscriptions;
  {
    std::lock_guard lock(handlesMutex_);
    subscriptions.swap(subscriptions_);
  }
  virConnectPtr pointer = pointer_;
  if (pointer != nullptr) {
    for (const auto &subscription : subscriptions) subscription->deregister(pointer);
    {
      // A handle may be dying on the JavaScript thread just now: the lock lets only one of us free it.
      std::lock_guard lock(handlesMutex_);
      freed_ = true;
      for (Handle *handle : handles_) handle->freeLocked();
    }
    pointer_ = nullptr;
    virConnectClose(pointer);
    live--;
  }
  subscriptions.clear();
  {
    std::lock_guard lock(mutex_);
    state_ = State::Closed;
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  threads--;
  env->post(std::move(done));
}

bool Connection::enter() {
  std::lock_guard lock(mutex_);
  if (closing() || pointer_ == nullptr) return false;
  running_++;
  return true;
}

void Connection::leave() {
  std::lock_guard lock(mutex_);
  running_--;
  changed_.notify_all();
}

void Connection::track(Handle *handle) {
  std::lock_guard lock(handlesMutex_);
  // An event that was under way when the connection closed: its object must not outlive it.
  if (freed_) handle->freeLocked();
  else handles_.insert(handle);
}

void *Connection::untrack(Handle *handle, void *&pointer) {
  std::lock_guard lock(handlesMutex_);
  handles_.erase(handle);
  void *taken = pointer;
  pointer = nullptr;
  return taken;
}

void Connection::addSubscription(std::shared_ptr<Subscription> subscription) {
  std::lock_guard lock(handlesMutex_);
  subscriptions_.insert(std::move(subscription));
}

void Connection::removeSubscription(const Subscription *subscription) {
  std::lock_guard lock(handlesMutex_);
  for (auto it = subscriptions_.begin(); it != subscriptions_.end(); ++it) {
    if (it->get() != subscription) continue;
    subscriptions_.erase(it);
    return;
  }
}
