// Functions whose C shape no rule describes.
#pragma once
struct Entry;
const Entry *entriesDomainOverrides();
const Entry *entriesNodeOverrides();
const Entry *entriesNetworkOverrides();
