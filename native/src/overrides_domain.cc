#include "overrides.h"

#include "call.h"

const Entry *entriesDomainOverrides() {
  static const Entry table[] = {{nullptr, nullptr}};
  return table;
}
