#!/bin/sh
# The page of the demo is tested in a real Chromium. Use the one there is, else install Debian's.
set -eu
for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$browser" ] && command -v "$browser" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core fonts-noto-color-emoji >/dev/null
    exit 0
fi
echo "The browser tests are skipped: they need Chromium. Install it (Debian: sudo apt-get install chromium), or set CHROMIUM to its path." >&2
