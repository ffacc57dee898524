#!/bin/sh
# Installs what the tests drive besides Python: a Chromium, and on Debian as root also nginx and
# Tesseract, whose tests are otherwise left out. Needs network.
set -eu

has() {
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]
}

has_chromium() {
    for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable
    do
        if [ -n "$name" ] && has "$name"; then
            return 0
        fi
    done
    return 1
}

if has apt-get && [ "$(id -u)" = 0 ]; then
    missing=""
    has_chromium || missing="$missing chromium"
    has nginx || missing="$missing nginx-light"
    has tesseract || missing="$missing tesseract-ocr tesseract-ocr-deu"
    if [ -n "$missing" ]; then
        apt-get update -q
        # shellcheck disable=SC2086  # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
    fi
elif ! has_chromium; then
    "${PYTHON:-python}" -m playwright install chromium
fi
