// Streams: volumes up and down, consoles and channels.
#pragma once
struct Entry;
const Entry *entriesStreams();
