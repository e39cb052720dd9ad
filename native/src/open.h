// Opening, closing and aborting connections; orphaning calls; freeing handles.
#pragma once
struct Entry;
const Entry *entriesOpen();
