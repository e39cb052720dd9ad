#include "overrides.h"

#include "call.h"

const Entry *entriesNodeOverrides() {
  static const Entry table[] = {{nullptr, nullptr}};
  return table;
}
