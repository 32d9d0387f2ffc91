#!/usr/bin/env bash
# Runs the tests that need a browser. Where there is none, root on Debian gets Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'There is no Chromium, and only root on Debian can add one here: install Chromium.' >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq --no-install-recommends chromium >/dev/null
fi

REQUIRE_BROWSER=yes npm run test:browser
