#!/usr/bin/env bash
# Runs the tests that need a container engine. Where none answers, root on Debian gets one for as long as they take.
set -euo pipefail
cd "$(dirname "$0")/.."

started=
log=$(mktemp)
stop_engine() {
  if [ -n "$started" ]; then
    kill "$started" 2>/dev/null || true
    wait "$started" 2>/dev/null || true
  fi
  rm -f "$log"
}
trap stop_engine EXIT

if ! docker info >/dev/null 2>&1; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'No container engine answers, and only root on Debian can add one here: install and start Docker or Podman.' >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq --no-install-recommends docker.io iptables debootstrap >/dev/null
  if ! docker info >/dev/null 2>&1; then
    dockerd >"$log" 2>&1 &
    started=$!
    for _ in $(seq 60); do
      docker info >/dev/null 2>&1 && break
      sleep 0.5
    done
    docker info >/dev/null 2>&1 || { tail -n 20 "$log" >&2; exit 1; }
  fi
fi

scripts/offline-image/build.sh
REQUIRE_ENGINE=yes npm run test:docker

# The source of Citus is not part of the repository.
for archive in ../shared/citus/citus-*.tar.xz; do
  [ -e "$archive" ] || continue
  scripts/offline-image/build-citus.sh "$archive"
  REQUIRE_ENGINE=yes npm run test:citus
done
