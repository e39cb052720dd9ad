#!/bin/bash
# Makes the root file system of another Debian, with its libvirt and QEMU, for hosts of the rig to run from.
#
#   suite.sh SUITE OUT_DIR [SOURCES]
#   SOURCES: a sources.list or .sources file; left out: the one that this machine's apt uses, with the suite's name changed
set -euo pipefail
suite=${1:?usage: suite.sh SUITE OUT_DIR [SOURCES]}
out=${2:?usage: suite.sh SUITE OUT_DIR [SOURCES]}
given=${3:-/etc/apt/sources.list.d/debian.sources}
[ -f "$given" ] || given=/etc/apt/sources.list
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
own=$(. /etc/os-release && echo "${VERSION_CODENAME:?this machine does not say which Debian it is}")
sources=$work/suite.${given##*.}
sed -e "s/\b$own\b/$suite/g" "$given" >"$sources"

# No docs, man pages, translations. What stands after the daemons is what the rig and its tests run inside a host, and
# what Node needs to run from there, for the tests of the binding.
cat >"$work/dpkg.cfg" <<'E2'
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/info/*
E2
rm -rf "$out.new"
mmdebstrap --quiet --mode=root --variant=essential --dpkgopt="$work/dpkg.cfg" \
  --aptopt='APT::Install-Recommends "false"' \
  --include=libvirt-daemon-system,libvirt-clients,qemu-system-x86,qemu-utils,dnsmasq-base,iptables,nftables,dmidecode \
  --include=openssh-server,iproute2,procps,mount,kmod,curl,e2fsprogs,libstdc++6 \
  "$suite" "$out.new" "$sources"
mv "$out.new" "$out"
