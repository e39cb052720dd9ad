#!/bin/sh
# Installs the Debian packages that the rig needs, once. No service of theirs is started: the rig starts its own.
# usage: packages.sh [--check]   (--check: only say what is missing)
set -eu

# name of the package, or "first|second" where distributions differ
wanted='build-essential pkg-config python3 python3-venv ca-certificates openssl curl procps util-linux mount
libvirt-dev libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils dnsmasq-base iptables iproute2 dmidecode
openssh-server openssh-client redis-server|valkey-server
linux-image-cloud-amd64 busybox-static qemu-guest-agent kmod cpio lz4 e2fsprogs fdisk mtools dosfstools syslinux
syslinux-common mmdebstrap faketime'

installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }
missing_packages() {
  for entry in $wanted; do
    if ! installed "${entry%%|*}" && ! installed "${entry##*|}"; then echo "$entry"; fi
  done
}

missing=$(command -v dpkg-query >/dev/null 2>&1 && missing_packages || echo unknown)
[ -n "$missing" ] || exit 0
if [ "$missing" = unknown ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: this is no Debian system, so packages cannot be installed for you. The rig is made for Debian 12." >&2
  echo "setup: mend: run it in a Debian 12 machine, as root; it needs: $(echo "$wanted" | tr '\n' ' ')" >&2
  exit 1
fi
if [ "${1:-}" = --check ] || [ "$(id -u)" != 0 ]; then
  echo "setup: packages are missing: $(echo "$missing" | sed 's/|.*//' | tr '\n' ' ')" >&2
  echo "setup: mend: run as root:  apt-get install $(echo "$missing" | sed 's/|.*//' | tr '\n' ' ')" >&2
  exit 1
fi

echo "setup: installing $(echo "$missing" | wc -l) Debian packages (libvirt, QEMU, a guest kernel, …; some minutes, once)"
# A policy that forbids to start services, for the time of the installation only. One that is there stays as it is:
# then services start as its owner wants.
policy=/usr/sbin/policy-rc.d
mark="made by virtfleet's test/rig/setup/packages.sh while it installs"
if [ ! -e "$policy" ] || grep -qF "$mark" "$policy"; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\n# %s\nexit 101\n' "$mark" >"$policy"
  chmod 755 "$policy"
fi
log=${TMPDIR:-/tmp}/virtfleet-packages.$$.log
names=
update() { apt-get -qq update >>"$log" 2>&1; }
update || { sleep 5 && update; } || {
  echo "setup: apt-get update failed; see $log" >&2
  exit 1
}
for entry in $missing; do
  first=${entry%%|*} second=${entry##*|}
  if apt-cache show "$first" >/dev/null 2>&1; then names="$names $first"; else names="$names $second"; fi
done
# no initramfs is wanted for the guest kernel, and no boot loader of this machine is touched
# shellcheck disable=SC2086
if ! INITRD=No DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >>"$log" 2>&1; then
  echo "setup: apt-get install failed; the end of $log:" >&2
  tail -n 15 "$log" >&2
  exit 1
fi
rm -f "$log"
left=$(missing_packages)
if [ -n "$left" ]; then
  echo "setup: still missing after the installation: $left" >&2
  exit 1
fi
