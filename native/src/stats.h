// Statistics of many domains in one call.
#pragma once
struct Entry;
const Entry *entriesStats();
