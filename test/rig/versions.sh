#!/bin/sh
# The suites of the binding, the documents and the host pool against another Debian's libvirt and QEMU: daemons and
# client library of the binding, and of the documents; daemons alone under the host pool (as in a fleet, where the
# operator's own library stays).
# usage: versions.sh [SUITE=trixie]
set -eu
suite=${1:-trixie}
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
cd "$root"
export PATH="$root/node_modules/.bin:$PATH"
other=$(test/rig/rig suite "$suite")
VIRTFLEET_RIG=versions-$$
export VIRTFLEET_RIG
trap 'test/rig/rig down' EXIT
trap 'exit 130' INT TERM HUP
# the fourth host is for what is different where libvirt is split into a daemon a driver
test/rig/rig up --no-operator --hosts 4 --suites "$suite" --split-daemons 1
failed=0
# in a mount namespace of its own, so that nothing of this machine changes; the binding is the one that was built here
unshare --mount sh -euc '
  mount --make-rprivate /
  [ "$1" = / ] || sh "$2/test/rig/host-suite.sh" "$1"
  cd "$2"
  libvirtd --version
  # all but the generator, which is part of the build and needs libvirt-dev
  vitest run --project unit native --exclude "**/generator.test.ts"
  vitest run --project integration test/integration/native test/integration/libvirt
  vitest run --project chaos test/chaos/binding
' versions.sh "$other" "$root" || failed=1
vitest run --project integration test/integration/hostpool || failed=1
exit $failed
