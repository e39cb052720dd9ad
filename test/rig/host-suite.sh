#!/bin/sh
# Inside a host: from here on programs and libraries are those of another Debian. What runs goes on as it is, as it does
# while a machine is upgraded.
# usage: host-suite.sh ROOT   (as the host sees it)
set -eu
root=$1
for path in etc/ld.so.cache etc/alternatives usr; do
  mount --bind "$root/$path" "/$path"
  mount -o remount,bind,ro "/$path"
done
