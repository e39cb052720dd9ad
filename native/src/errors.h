// libvirt's error is thread-local: it is copied on the worker, right after the call that failed.
#pragma once
#include <libvirt/virterror.h>
#include <node_api.h>

#include <string>

struct Failure {
  enum class Why { None, Libvirt, GateClosed, Unsupported, Closed } why = Why::None;
  int code = 0, domain = 0, level = 0, int1 = 0, int2 = 0;
  std::string message, str1, str2, str3;
  bool has1 = false, has2 = false, has3 = false;

  static Failure last();
};

bool hasError();
