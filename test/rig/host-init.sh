#!/bin/sh
# The first process of a host: makes the mount and UTS namespaces that it was started in look like a machine of its
# own, then reaps what is orphaned there until it is killed, and everything of the host with it.
# usage: host-init.sh HOST_DIR HOST_NAME SHARED_DIR KVM(yes|no) LIBVIRTS_DIR [ROOT, of those in it]
set -eu
dir=$1 name=$2 shared=$3 kvm=$4 libvirts=$5 root=$6
here=$(dirname -- "$0")
mount --make-rprivate /
hostname "$name"

# /sys shows the network of the namespace that mounts it; no cgroups: QEMU does without (cgroup_controllers = [])
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup

# A /dev of its own. It has no kvm unless asked: where virtualisation is nested, guests may hang with it.
mount -t tmpfs -o mode=755,nosuid tmpfs /dev
node() { [ -e "/dev/$1" ] || mknod -m "$5" "/dev/$1" "$2" "$3" "$4"; }
node null c 1 3 666; node zero c 1 5 666; node full c 1 7 666; node random c 1 8 666; node urandom c 1 9 666
node tty c 5 0 666; node console c 5 1 600; node fuse c 10 229 666; node loop-control c 10 237 660
mkdir /dev/net /dev/pts /dev/shm
node net/tun c 10 200 666; node vhost-net c 10 238 600
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do node loop$i b 7 $i 660; done
[ "$kvm" = no ] || node kvm c 10 232 660
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ln -s pts/ptmx /dev/ptmx; ln -s /proc/self/fd /dev/fd
ln -s /proc/self/fd/0 /dev/stdin; ln -s /proc/self/fd/1 /dev/stdout; ln -s /proc/self/fd/2 /dev/stderr

# Files of its own. /run is bound, so that others reach the sockets in it; it starts empty at every power-on.
# They are reached through /mnt: what is mounted from here on may hide the folder that this project lies in.
mkdir -p "$dir/run/lock" "$dir/run/sshd" "$dir/run/daemons" "$dir/srv/virtfleet/local" "$dir/srv/virtfleet/shared"
cat /proc/sys/kernel/random/uuid >"$dir/boot-id"
mount --bind "$shared" "$dir/srv/virtfleet/shared"
mkdir -p "$dir/libvirts"
mount --bind "$libvirts" "$dir/libvirts"
mount --rbind "$dir" /mnt
# before anything hides the folder that the script is in
[ -z "$root" ] || sh "$here/host-suite.sh" "/mnt/libvirts/$root"
dir=/mnt
mount --bind "$dir/boot-id" /proc/sys/kernel/random/boot_id
mount --rbind "$dir/srv" /srv
mount -t tmpfs -o mode=1777 tmpfs /tmp
for path in var/lib/libvirt var/log/libvirt var/cache/libvirt etc/libvirt etc/ssh etc/hosts etc/machine-id etc/shadow; do
  mount --bind "$dir/$path" "/$path"
done
mount --bind "$dir/run" /run

: >/run/host-is-ready
# Children that end are reaped. A daemon that crashed is started again, as systemd does on a real host, by the command
# that started it (a line in /run/daemons); one that was stopped or killed stays away.
exec perl -e '
  use strict;
  use POSIX qw(:signal_h :sys_wait_h);
  $0 = "host-init";
  my %crash = map { $_ => 1 } SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE;
  my $ended = 0;
  $SIG{CHLD} = sub { $ended = 1 };
  for (;;) {
    # by the clock, too: a child may end between the look and the sleep
    sleep 2 unless $ended;
    $ended = 0;
    for my $path (glob "/proc/[0-9]*/stat") {
      open my $stat, "<", $path or next;
      my ($pid, $name) = (<$stat> // "") =~ /^(\d+) \((.*)\) Z 1 / or next;
      waitpid $pid, 0;
      next unless WIFSIGNALED($?) and $crash{WTERMSIG($?)} and open my $command, "<", "/run/daemons/$name";
      my @argv = split " ", <$command>;
      if (open my $log, ">>", "/var/log/libvirt/crashes.log") { print $log time, " $name\n" }
      next if fork;
      select undef, undef, undef, 0.1;
      exec @argv;
    }
  }'
