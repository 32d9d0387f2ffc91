#!/bin/bash
# Builds the image index-impact/citus:pg15: that of build.sh with Citus in it, compiled here from the archive of its source.
# As root on Debian 12, with a running engine. Compiler and libraries are added to this machine.
#
# usage: build-citus.sh <citus-*.tar.xz>
set -euo pipefail
archive=$(realpath "${1:?names the archive of the source of Citus}")
cd "$(dirname "$0")"

image=index-impact/citus:pg15
if docker image inspect "$image" >/dev/null 2>&1; then
  echo "$image is there already"
  exit 0
fi

./build.sh &
base=$!

work=$(mktemp -d)
chmod 777 "$work"
container=
clear_up() {
  rm -rf "$work"
  [ -z "$container" ] || docker rm --force "$container" >/dev/null
}
trap clear_up EXIT

DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
  gcc make flex xz-utils libc6-dev libpq-dev \
  libkrb5-dev liblz4-dev libpam0g-dev libselinux1-dev libssl-dev libxslt1-dev libzstd-dev >"$work/log" 2>&1 ||
  { tail -n 20 "$work/log" >&2; exit 1; }
wait "$base"

# What it is compiled with must be of the very version in the image, whatever this machine has.
mkdir "$work/source" "$work/headers" "$work/root"
version=$(docker run --rm --entrypoint dpkg-query index-impact/postgres:15 --show --showformat '${Version}' postgresql-15)
(cd "$work" && apt-get download -qq "postgresql-client-15=$version" "postgresql-server-dev-15=$version")
for package in "$work"/*.deb; do dpkg-deb --extract "$package" "$work/headers"; done
tar --extract --file "$archive" --directory "$work/source" --strip-components=1

export PG_CONFIG=$work/headers/usr/lib/postgresql/15/bin/pg_config
(cd "$work/source" &&
  CFLAGS='-O1 -g0' CPPFLAGS=-I/usr/include/postgresql ./configure --without-libcurl &&
  make --jobs="$(nproc)" extension with_llvm=no &&
  make install-extension with_llvm=no DESTDIR="$work/root") >>"$work/log" 2>&1 ||
  { tail -n 40 "$work/log" >&2; exit 1; }

container=$(docker create index-impact/postgres:15)
tar --create --directory "$work/root$work/headers" usr | docker cp - "$container:/"
docker commit "$container" "$image" >/dev/null
echo "built $image"
