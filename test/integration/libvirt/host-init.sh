#!/bin/bash
# First process of the namespaces that host.ts starts: a libvirtd with files of its own, and everything that it starts
# dies with this process.
# usage: host-init.sh DIR
set -eu
dir=$1
hostname libvirt-documents
mount --make-rprivate /
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /sys/fs/cgroup
# A /dev without kvm: guests may hang where virtualisation is nested. (Hidden behind another file it would still look
# usable to libvirt, which then asks QEMU anew for what it can do, for seconds, at every define.)
mkdir -p "$dir/dev"
mount -t tmpfs -o mode=755 tmpfs "$dir/dev"
mkdir "$dir"/dev/{net,pts,shm}
node() { mknod -m 666 "$dir/dev/$1" c "$2" "$3"; }
node null 1 3; node zero 1 5; node full 1 7; node random 1 8; node urandom 1 9; node tty 5 0; node net/tun 10 200
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$dir/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$dir/dev/shm"
ln -s pts/ptmx "$dir/dev/ptmx"
ln -s /proc/self/fd "$dir/dev/fd"
mount --rbind "$dir/dev" /dev
mkdir -p "$dir"/run/{libvirt,lock} "$dir"/{log,cache} "$dir"/lib/{qemu,images,dnsmasq,network,boot}
mount --bind "$dir/lib" /var/lib/libvirt
mount --bind "$dir/log" /var/log/libvirt
mount --bind "$dir/cache" /var/cache/libvirt
mount --bind "$dir/etc" /etc/libvirt
mount --bind "$dir/run" /run
ip link set lo up
/usr/sbin/libvirtd &
wait $!
