#!/usr/bin/env bash
# Installs a font with Chinese from the distribution's packages, for posters and charts of the bot.
set -euo pipefail
if [ -e /usr/share/fonts/truetype/wqy/wqy-microhei.ttc ]; then exit 0; fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends fonts-wqy-microhei
