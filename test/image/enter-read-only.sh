# In a mount namespace of its own: makes a built folder the root, read-only, with a tmpfs at /tmp and writable volumes,
# as `docker run --read-only --tmpfs /tmp` does. The programs of Debian are this machine's.
set -eu
root=$1 user=$2 workdir=$3 volumes=$4
shift 4
mount --bind "$root" "$root"
cd "$root" # the new mount, and not the folder below it
for volume in $volumes; do mount --bind ".$volume" ".$volume"; done
mount --bind usr/local mnt
mount --bind /usr usr
mount --bind mnt usr/local
umount mnt
mount --bind /etc/ssl etc/ssl
for part in usr usr/local etc/ssl .; do mount -o remount,bind,ro "$root/$part"; done
mount --rbind /proc proc
mount --rbind /dev dev
mount -t tmpfs -o nosuid,nodev,noexec,mode=1777 tmpfs tmp
exec chroot --userspec="$user" --groups= "$root" env -C "$workdir" "$@"
