#!/usr/bin/env bash
# make test of the last commit on a bare machine: Debian with Python, its venv and make, and nothing
# else (no git, no font, no locale). As root, where debootstrap is installed; takes 8 GB:
#
#     bash scripts/bare.sh FOLDER
#
# FOLDER becomes the machine, and is used again. Settings of pip (PIP_…, pip.conf) and certificates are
# taken along; BARE_FOLDERS names further folders that shall be seen inside, such as one with wheels.
set -euo pipefail
machine=${1:?name a folder for the machine}
cd "$(dirname "$0")/.."
. /etc/os-release
[ -x "$machine/usr/bin/make" ] || debootstrap --variant=minbase \
    --include=python3,python3-venv,make,ca-certificates "$VERSION_CODENAME" "$machine"
machine=$(cd "$machine" && pwd)

rm -rf "$machine/root/hyqa"
mkdir -p "$machine/root/hyqa"
git archive HEAD | tar -x -C "$machine/root/hyqa"
settings=(/etc/resolv.conf /etc/hosts /etc/pip.conf "$HOME/.config/pip/pip.conf" "${SSL_CERT_FILE:-}")
for file in "${settings[@]}"; do
    [ ! -f "$file" ] || install -D -m 644 "$file" "$machine$file"
done
mapfile -t variables < <(env | grep -E '^(PIP_|SSL_CERT_|REQUESTS_CA_BUNDLE=)' || true)

# In namespaces of its own, so that what is mounted and started goes with it.
unshare --mount --pid --fork bash -euo pipefail -s "$machine" "${variables[@]}" <<'INSIDE'
machine=$1
shift
mount -t proc proc "$machine/proc"
mkdir -p "$machine/dev/shm" "$machine/dev/pts"
mount -t tmpfs shm "$machine/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666 pts "$machine/dev/pts"
for folder in ${BARE_FOLDERS:-}; do
    mkdir -p "$machine$folder"
    mount --bind "$folder" "$machine$folder"
done
exec chroot "$machine" env -i HOME=/root PATH=/usr/local/bin:/usr/bin:/bin "$@" \
    make -C /root/hyqa test </dev/null
INSIDE
