#include "event_loop.h"

#include <libvirt/libvirt.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <fcntl.h>

#include <cerrno>
#include <climits>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace {

struct Watch {
  int number, libvirtFd, ownFd, events;
  virEventHandleCallback callback;
  void *opaque;
  virFreeCallback release;
};
struct Timer {
  int intervalMs;
  int64_t dueMs;
  virEventTimeoutCallback callback;
  void *opaque;
  virFreeCallback release;
};
struct Garbage {
  virFreeCallback release;
  void *opaque;
};

struct Loop {
  std::mutex mutex;
  int epoll = -1, wake = -1;
  std::map<int, Watch> watches;
  std::map<int, Timer> timers;
  int nextWatch = 1, nextTimer = 1;
  // libvirt holds locks while it removes a watch: what it wants freed is freed by the loop.
  std::vector<Garbage> garbage;
  std::thread::id thread;
};

// Never destroyed: libvirt's threads and ours outlive static destructors.
Loop &loop() {
  static Loop *const instance = new Loop;
  return *instance;
}

constexpr uint64_t kWake = ~0ULL;

struct Scope {
  bool active = false, wantsEvents = true;
  OpenScope::Socket socket = nullptr;
  void *context = nullptr;
};
thread_local Scope scope;

int64_t nowMs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// With the mutex held.
void wakeUp() {
  if (std::this_thread::get_id() == loop().thread) return;
  const uint64_t one = 1;
  while (write(loop().wake, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

uint32_t toEpoll(int events) {
  return (events & VIR_EVENT_HANDLE_READABLE ? EPOLLIN : 0u) | (events & VIR_EVENT_HANDLE_WRITABLE ? EPOLLOUT : 0u);
}

int fromEpoll(uint32_t events) {
  return (events & EPOLLIN ? VIR_EVENT_HANDLE_READABLE : 0) | (events & EPOLLOUT ? VIR_EVENT_HANDLE_WRITABLE : 0) |
         (events & EPOLLERR ? VIR_EVENT_HANDLE_ERROR : 0) | (events & EPOLLHUP ? VIR_EVENT_HANDLE_HANGUP : 0);
}

void arm(const Watch &watch, int before) {
  epoll_event event = {};
  event.events = toEpoll(watch.events);
  event.data.u64 = static_cast<uint64_t>(watch.number);
  if (watch.events == 0) {
    if (before != 0) epoll_ctl(loop().epoll, EPOLL_CTL_DEL, watch.ownFd, nullptr);
  } else {
    epoll_ctl(loop().epoll, before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, watch.ownFd, &event);
  }
}

int addHandle(int fd, int events, virEventHandleCallback callback, void *opaque, virFreeCallback release) {
  if (scope.active) {
    scope.socket(scope.context, fd);
    // Refused: the client goes on without the loop, and without events and keepalive.
    if (!scope.wantsEvents) return -1;
  }
  Loop &l = loop();
  std::lock_guard lock(l.mutex);
  // A descriptor of our own: it stays valid until we remove it, whatever libvirt does with its own.
  const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return -1;
  Watch watch{l.nextWatch++, fd, own, events, callback, opaque, release};
  if (l.nextWatch == INT_MAX) l.nextWatch = 1;
  arm(watch, 0);
  const int number = watch.number;
  l.watches.emplace(number, watch);
  return number;
}

void updateHandle(int number, int events) {
  Loop &l = loop();
  std::lock_guard lock(l.mutex);
  const auto found = l.watches.find(number);
  if (found == l.watches.end() || found->second.events == events) return;
  const int before = found->second.events;
  found->second.events = events;
  arm(found->second, before);
}

int removeHandle(int number) {
  Loop &l = loop();
  std::lock_guard lock(l.mutex);
  const auto found = l.watches.find(number);
  if (found == l.watches.end()) return -1;
  const Watch watch = found->second;
  l.watches.erase(found);
  if (watch.events != 0) epoll_ctl(l.epoll, EPOLL_CTL_DEL, watch.ownFd, nullptr);
  close(watch.ownFd);
  if (watch.release != nullptr) {
    l.garbage.push_back({watch.release, watch.opaque});
    wakeUp();
  }
  return 0;
}

int addTimeout(int ms, virEventTimeoutCallback callback, void *opaque, virFreeCallback release) {
  Loop &l = loop();
  std::lock_guard lock(l.mutex);
  const int number = l.nextTimer++;
  if (l.nextTimer == INT_MAX) l.nextTimer = 1;
  l.timers.emplace(number, Timer{ms, ms < 0 ? -1 : nowMs() + ms, callback, opaque, release});
  if (ms >= 0) wakeUp();
  return number;
}

void updateTimeout(int number, int ms) {
  Loop &l = loop();
  std::lock_guard lock(l.mutex);
  const auto found = l.timers.find(number);
  if (found == l.timers.end()) return;
  found->second.intervalMs = ms;
  found->second.dueMs = ms < 0 ? -1 : nowMs() + ms;
  if (ms >= 0) wakeUp();
}

int removeTimeout(int number) {
  Loop &l = loop();
  std::lock_guard lock(l.mutex);
  const auto found = l.timers.find(number);
  if (found == l.timers.end()) return -1;
  const Timer timer = found->second;
  l.timers.erase(found);
  if (timer.release != nullptr) {
    l.garbage.push_back({timer.release, timer.opaque});
    wakeUp();
  }
  return 0;
}

int waitMs() {
  int64_t next = -1;
  for (const auto &[number, timer] : loop().timers) {
    if (timer.dueMs >= 0 && (next < 0 || timer.dueMs < next)) next = timer.dueMs;
  }
  if (next < 0) return -1;
  const int64_t left = next - nowMs();
  return left < 0 ? 0 : static_cast<int>(left > INT_MAX ? INT_MAX : left);
}

void dispatchWatch(const epoll_event &event) {
  Loop &l = loop();
  std::unique_lock lock(l.mutex);
  const auto found = l.watches.find(static_cast<int>(event.data.u64));
  if (found == l.watches.end()) return;
  const Watch watch = found->second;
  // Only what is wanted now: an update may have come since epoll_wait.
  const int ready = fromEpoll(event.events) & (watch.events | VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP);
  lock.unlock();
  if (ready != 0) watch.callback(watch.number, watch.libvirtFd, ready, watch.opaque);
}

void dispatchTimers() {
  Loop &l = loop();
  std::vector<int> due;
  {
    std::lock_guard lock(l.mutex);
    const int64_t now = nowMs();
    for (auto &[number, timer] : l.timers) {
      if (timer.dueMs >= 0 && timer.dueMs <= now) due.push_back(number);
    }
  }
  for (const int number : due) {
    std::unique_lock lock(l.mutex);
    const auto found = l.timers.find(number);
    if (found == l.timers.end() || found->second.dueMs < 0) continue;
    found->second.dueMs = nowMs() + found->second.intervalMs;
    const Timer timer = found->second;
    lock.unlock();
    timer.callback(number, timer.opaque);
  }
}

[[noreturn]] void runLoop() {
  Loop &l = loop();
  {
    std::lock_guard lock(l.mutex);
    l.thread = std::this_thread::get_id();
  }
  pthread_setname_np(pthread_self(), "libvirt-events");
  for (;;) {
    std::vector<Garbage> garbage;
    int timeout;
    {
      std::lock_guard lock(l.mutex);
      garbage.swap(l.garbage);
      timeout = garbage.empty() ? waitMs() : 0;
    }
    for (const auto &item : garbage) item.release(item.opaque);
    epoll_event events[64];
    const int count = epoll_wait(l.epoll, events, 64, timeout);
    for (int i = 0; i < count; i++) {
      if (events[i].data.u64 == kWake) {
        uint64_t drained;
        (void)!read(l.wake, &drained, sizeof drained);
      } else {
        dispatchWatch(events[i]);
      }
    }
    dispatchTimers();
  }
}

}  // namespace

void startEventLoop() {
  static std::once_flag once;
  std::call_once(once, [] {
    Loop &l = loop();
    l.epoll = epoll_create1(EPOLL_CLOEXEC);
    l.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = kWake;
    epoll_ctl(l.epoll, EPOLL_CTL_ADD, l.wake, &event);
    virEventRegisterImpl(addHandle, updateHandle, removeHandle, addTimeout, updateTimeout, removeTimeout);
    std::thread(runLoop).detach();
  });
}

OpenScope::OpenScope(bool wantsEvents, Socket socket, void *context) { scope = {true, wantsEvents, socket, context}; }
OpenScope::~OpenScope() { scope = {}; }
