#!/bin/bash
# Builds libvirt's split daemons (virtqemud, virtnetworkd, virtstoraged, virtproxyd) from the source package of the
# libvirt that this Debian has. Debian ships libvirtd alone; the drivers and the library of the daemons are its own.
#
#   split.sh SUITE OUT_DIR
#   SUITE: this machine's, or another Debian's, for hosts that run from its root (suite.sh)
set -euo pipefail
suite=${1:?usage: split.sh SUITE OUT_DIR}
out=${2:?usage: split.sh SUITE OUT_DIR}
own=$(. /etc/os-release && echo "${VERSION_CODENAME:?this machine does not say which Debian it is}")
given=/etc/apt/sources.list.d/debian.sources
[ -f "$given" ] || given=/etc/apt/sources.list
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

wanted='build-essential meson libxml2-utils xsltproc rpcsvc-proto libvirt-dev libtirpc-dev libgnutls28-dev libxml2-dev
libglib2.0-dev libsasl2-dev libyajl-dev libjson-c-dev libnl-3-dev libnl-route-3-dev'

# --- another Debian: the same in a root of it that has a compiler, and is thrown away
if [ "$suite" != "$own" ]; then
  sources=$work/debian.${given##*.}
  sed -e "s/\b$own\b/$suite/g" "$given" >"$sources"
  mmdebstrap --quiet --mode=root --variant=apt --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --include="$(echo $wanted ca-certificates | tr ' ' ,)" "$suite" "$work/root" "$sources"
  cp "$0" "$work/root/split.sh"
  rm -f "$work"/root/etc/apt/sources.list "$work"/root/etc/apt/sources.list.d/*
  case $given in *.sources) at=sources.list.d/ ;; *) at= ;; esac
  cp "$sources" "$work/root/etc/apt/$at${given##*/}"
  # its mounts go with the namespace
  unshare --mount --pid --fork sh -euc '
    mount --make-rprivate /
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    exec chroot "$1" bash /split.sh "$2" /out
  ' split.sh "$work/root" "$suite"
  rm -rf "$out.new"
  cp -r "$work/root/out" "$out.new"
  mv "$out.new" "$out"
  exit
fi

# --- what the build needs ------------------------------------------------------
version=$(dpkg-query -W -f '${source:Version}' libvirt0)
missing=
for package in $wanted; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing="$missing $package"
done
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
[ -z "$missing" ] || apt-get -qq install -y --no-install-recommends $missing >"$work/apt.log" 2>&1 ||
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends $missing; } >"$work/apt.log" 2>&1 ||
  { tail -n 15 "$work/apt.log" >&2; exit 1; }

# --- the source, by an apt of its own: this machine's knows no source packages ---
mkdir -p "$work"/apt/{parts,lists/partial,cache/archives/partial}
sed -e 's/^Types:.*/Types: deb-src/' -e 's/^deb /deb-src /' "$given" >"$work/apt/parts/source.${given##*.}"
cat >"$work/apt.conf" <<E2
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/apt/parts";
Dir::State::lists "$work/apt/lists";
Dir::Cache "$work/apt/cache";
APT::Sandbox::User "root";
E2
cd "$work"
APT_CONFIG=$work/apt.conf apt-get -qq update
# the archives alone, whose checksums stand in apt's signed index: not every mirror has the small files beside them
for part in tar diff; do
  APT_CONFIG=$work/apt.conf apt-get -qq source --download-only --$part-only "libvirt=$version" >"$work/source.log" 2>&1 ||
    { tail -n 15 "$work/source.log" >&2; exit 1; }
done
source=$work/source
mkdir "$source"
tar -xf "$work"/libvirt_*.orig.tar.* -C "$source" --strip-components=1
tar -xf "$work"/libvirt_*.debian.tar.* -C "$source"
sed -e 's/[[:space:]]*#.*//' -e '/^$/d' "$source/debian/patches/series" | while read -r name; do
  patch -d "$source" -p1 --silent <"$source/debian/patches/$name"
done

# --- the daemons alone: of libvirt itself nothing is compiled -------------------
# the JSON library that QEMU's monitor is spoken with changed with 10.8
json=yajl
! grep -q "'json_c'" "$source/meson_options.txt" || json=json_c
multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
meson setup "$work/build" "$source" --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
  --libdir="lib/$multiarch" -Drunstatedir=/run -Dauto_features=disabled -Dinit_script=none -Ddocs=disabled \
  -Dtests=disabled -Ddriver_remote=enabled -Ddriver_libvirtd=enabled -Dremote_default_mode=direct -Dsasl=enabled \
  -Ddriver_qemu=enabled -D$json=enabled -Ddriver_network=enabled -Dstorage_dir=enabled >"$work/meson.log" 2>&1 ||
  { tail -n 15 "$work/meson.log" >&2; exit 1; }
cd "$work/build"
lines() { sed -n "s#^build \($1\):.*#\1#p" build.ninja; }
daemons='qemu network storage proxy'
mkdir "$work/bin"
{
  # shellcheck disable=SC2046
  ninja $(lines 'src/\(remote\|admin\|rpc\)/[^:]*\.[ch]')
  # shellcheck disable=SC2046
  ninja src/admin/libvirt_admin_driver.a $(for d in $daemons; do lines "src/virt${d}d\.p/[^:]*\.o"; done)
  for d in $daemons; do
    # shellcheck disable=SC2046
    cc -o "$work/bin/virt${d}d" "src/virt${d}d.p"/*.o src/admin/libvirt_admin_driver.a -Wl,--as-needed -Wl,-export-dynamic \
      -lvirt -lvirt-lxc -lvirt-qemu $(pkg-config --libs gnutls glib-2.0 gobject-2.0 gio-2.0 libxml-2.0 libsasl2 libtirpc)
    strip "$work/bin/virt${d}d"
  done
} >"$work/build.log" 2>&1 || { tail -n 15 "$work/build.log" >&2; exit 1; }
rm -rf "$out.new"
mkdir -p "$out.new"
cp "$work"/bin/* "$out.new/"
mv "$out.new" "$out"
