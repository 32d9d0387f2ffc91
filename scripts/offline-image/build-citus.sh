#!/bin/bash
# Builds the image index-impact/citus:pg15: that of build.sh with Citus in it, compiled here from the archive of its source.
# As root on Debian 12, with a running engine. What it is compiled with is added to this machine.
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
container=
clear_up() {
  rm -rf "$work"
  [ -z "$container" ] || docker rm --force "$container" >/dev/null
}
trap clear_up EXIT

DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
  postgresql-server-dev-15 gcc make flex xz-utils libc6-dev \
  libkrb5-dev liblz4-dev libpam0g-dev libselinux1-dev libssl-dev libxslt1-dev libzstd-dev >"$work.log" 2>&1 ||
  { tail -n 20 "$work.log" >&2; exit 1; }

mkdir "$work/source" "$work/root"
tar --extract --file "$archive" --directory "$work/source" --strip-components=1
build() {
  cd "$work/source"
  # Quickly built is worth more here than fast: both arms of a test run the same.
  PG_CONFIG=/usr/lib/postgresql/15/bin/pg_config CFLAGS='-O1 -g0' ./configure --without-libcurl
  make --jobs="$(nproc)" extension with_llvm=no
  make install-extension with_llvm=no DESTDIR="$work/root"
}
(build) >>"$work.log" 2>&1 || { tail -n 40 "$work.log" >&2; exit 1; }
rm "$work.log"
wait "$base"

container=$(docker create index-impact/postgres:15)
tar --create --directory "$work/root" usr | docker cp - "$container:/"
docker commit "$container" "$image" >/dev/null
echo "built $image"
