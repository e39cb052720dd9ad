#include "overrides.h"

#include "call.h"

const Entry *entriesNetworkOverrides() {
  static const Entry table[] = {{nullptr, nullptr}};
  return table;
}
