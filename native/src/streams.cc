#include "streams.h"

#include "call.h"

const Entry *entriesStreams() {
  static const Entry table[] = {{nullptr, nullptr}};
  return table;
}
