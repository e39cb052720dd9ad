#include "errors.h"

Failure Failure::last() {
  Failure failure;
  failure.why = Why::Libvirt;
  virErrorPtr error = virGetLastError();
  if (error == nullptr) {
    failure.message = "libvirt failed without an error";
    return failure;
  }
  const auto copy = [](const char *text, std::string &to, bool &has) {
    has = text != nullptr;
    if (has) to = text;
  };
  bool hasMessage;
  failure.code = error->code;
  failure.domain = error->domain;
  failure.level = error->level;
  failure.int1 = error->int1;
  failure.int2 = error->int2;
  copy(error->message, failure.message, hasMessage);
  copy(error->str1, failure.str1, failure.has1);
  copy(error->str2, failure.str2, failure.has2);
  copy(error->str3, failure.str3, failure.has3);
  return failure;
}

bool hasError() {
  virErrorPtr error = virGetLastError();
  return error != nullptr && error->code != VIR_ERR_OK;
}
