#!/bin/sh
# Builds the libvirt binding when its sources have changed since the last time.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../../.." && pwd)
cd "$root"
export PATH="$root/node_modules/.bin:$PATH"
stamp=.rig/stamps/native
wanted=$({
  find native/src native/generate native/lib native/build.ts native/package.json -type f -print0 | LC_ALL=C sort -z |
    xargs -0 cat
  pkg-config --modversion libvirt
} | sha256sum)
if [ -e native/build/libvirt.node ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi
echo "setup: building the libvirt binding (about a minute, once)"
mkdir -p .rig/stamps
npm run --silent build -w native
printf '%s\n' "$wanted" >"$stamp"
