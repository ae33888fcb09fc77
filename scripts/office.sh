#!/usr/bin/env bash
# LibreOffice without a window, from the distribution's packages, for the tests of old Office files.
# Some 100 MB to fetch. Where it cannot be installed those tests skip, so nothing fails for it.
set -uo pipefail
if command -v soffice >/dev/null; then exit 0; fi
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && timeout 300 apt-get install -y -qq --no-install-recommends \
    libreoffice-writer-nogui libreoffice-calc-nogui; }; then
    echo 'LibreOffice is not installed: the tests of .doc, .wps and .xls are skipped.' >&2
fi
