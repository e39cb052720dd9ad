// libvirt's event loop on epoll: one thread a process. Every watch and timer has a number of its
// own that is never given again: libvirt's client may still name one that was removed a moment ago.
#pragma once

// Registers the loop with libvirt and starts its thread, once a process, before the first connection.
void startEventLoop();

// While it lives, connections that this thread opens tell their socket, and may be kept off the loop.
class OpenScope {
 public:
  using Socket = void (*)(void *context, int descriptor);
  OpenScope(bool wantsEvents, Socket socket, void *context);
  ~OpenScope();
};
