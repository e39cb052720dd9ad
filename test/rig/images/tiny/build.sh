#!/bin/bash
# Builds the tiny guest: a disk that boots by BIOS into Debian's cloud kernel with busybox as its user space, within
# seconds also under software emulation. No loop device and no mount is needed.
#
#   build.sh OUT.qcow2 [DISK_MIB=64]
set -euo pipefail
out=${1:?usage: build.sh OUT.qcow2 [DISK_MIB]}
disk_mib=${2:-64}
here=$(cd "$(dirname "$0")" && pwd)
kernel=$(find /boot -name 'vmlinuz-*-cloud-amd64' | sort -V | tail -1)
[ -n "$kernel" ] || { echo "there is no cloud kernel in /boot: apt-get install linux-image-cloud-amd64" >&2; exit 1; }
version=${kernel#/boot/vmlinuz-}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
root=$work/root

# --- the initramfs, which is the whole system -----------------------------------
mkdir -p "$root"/{bin,sbin,modules,proc,sys,dev,tmp,run,var,seed,state,www/cgi-bin,etc/acpi/PWRF,usr/sbin}
ln -s ../run "$root/var/run"
cp /bin/busybox "$root/bin/busybox"
busybox --list | grep -vx busybox | while read -r applet; do ln -s busybox "$root/bin/$applet"; done
rm -f "$root/bin/shutdown"
install -m 755 "$here/init" "$root/init"
install -m 755 "$here/udhcpc" "$root/etc/udhcpc"
install -m 755 "$here/shutdown" "$root/sbin/shutdown"
install -m 755 "$here/status" "$root/www/cgi-bin/status"
printf '#!/bin/sh\nexec /sbin/shutdown -P\n' >"$root/etc/acpi/PWRF/00000080"
chmod +x "$root/etc/acpi/PWRF/00000080"

# Modules, numbered in the order of loading. Of what is needed the cloud kernel has only ext4 built in; it has no AHCI,
# so a CD-ROM must be on virtio-scsi or IDE. The power button needs button and evdev.
number=100
for module in virtio_pci virtio_blk virtio_scsi sd_mod sr_mod ata_piix isofs nls_utf8 vfat nls_cp437 nls_ascii \
  nls_iso8859-1 virtio_net virtio_console virtio_rng virtio_balloon virtio_mem i6300esb button evdev; do
  modprobe -S "$version" --show-depends "$module" 2>/dev/null | awk '$1 == "insmod" {print $2}' || true
done | awk '!seen[$0]++' | while read -r file; do
  cp "$file" "$root/modules/$number-${file##*/}"
  number=$((number + 1))
done

# The guest agent, with the libraries it is linked to.
cp /usr/sbin/qemu-ga "$root/usr/sbin/"
ldd /usr/sbin/qemu-ga | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root${library%/*}"
  cp -L "$library" "$root$library"
done
(cd "$root" && find . | LC_ALL=C sort | cpio --quiet -R 0:0 -o -H newc) | lz4 -l -9 -q - "$work/initrd"

# swiotlb=noforce: a machine with room for memory beyond 4 GiB would give half of its 128 MiB to bounce buffers.
# --- the disk: 1 FAT with boot loader and kernel, 2 ext4 for what must survive a restart ----------
boot_mib=30
truncate -s "${disk_mib}M" "$work/disk"
printf 'label: dos\nstart=1MiB,size=%dMiB,type=e,bootable\nstart=%dMiB,type=83\n' "$boot_mib" "$((boot_mib + 1))" |
  sfdisk -q "$work/disk"
dd if=/usr/lib/syslinux/mbr/mbr.bin of="$work/disk" bs=440 count=1 conv=notrunc status=none
cat >"$work/syslinux.cfg" <<'E2'
DEFAULT linux
LABEL linux
  KERNEL vmlinuz
  INITRD initrd
  APPEND console=ttyS0 quiet loglevel=4 panic=10 net.ifnames=0 mitigations=off audit=0 apparmor=0 random.trust_cpu=on raid=noautodetect no_timer_check nowatchdog cryptomgr.notests swiotlb=noforce
E2
truncate -s ${boot_mib}M "$work/boot"
mkfs.vfat -n TINYBOOT "$work/boot" >/dev/null
syslinux --install "$work/boot"
mcopy -i "$work/boot" "$work/syslinux.cfg" ::syslinux.cfg
mcopy -i "$work/boot" "$kernel" ::vmlinuz
mcopy -i "$work/boot" "$work/initrd" ::initrd
dd if="$work/boot" of="$work/disk" bs=1M seek=1 conv=notrunc,sparse status=none
mke2fs -q -F -t ext4 -L tinystate -m 0 "$work/state" "$((disk_mib - boot_mib - 2))M"
dd if="$work/state" of="$work/disk" bs=1M seek=$((boot_mib + 1)) conv=notrunc,sparse status=none
qemu-img convert -c -O qcow2 "$work/disk" "$out"
