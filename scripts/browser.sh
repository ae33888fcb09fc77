#!/usr/bin/env bash
# Chromium and Chinese fonts, from the distribution's packages, for the tests of the page in a browser.
# Some 150 MB to fetch. Where they cannot be installed those tests skip, so nothing fails for it.
set -uo pipefail
if command -v chromium >/dev/null; then exit 0; fi
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && timeout 300 apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk; }; then
    echo 'Chromium is not installed: the tests of the page in a browser are skipped.' >&2
fi
