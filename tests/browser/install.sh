#!/bin/sh
# Installs a Chromium for the browser tests, where none is found. Needs network and, on Debian, root.
set -eu

for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable
do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium
else
    "${PYTHON:-python}" -m playwright install chromium
fi
