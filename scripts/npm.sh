#!/usr/bin/env bash
# Installs the JavaScript packages of package-lock.json, when it has changed since the last time.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

command -v npm >/dev/null || die "There is no Node.js here. Install version 20 or newer with npm, then try again."
# npm ci empties node_modules first, so an interrupted one leaves no stamp behind.
readonly STAMP=node_modules/.pulse-lock
wanted=$(checksum package-lock.json)
[ "$(cat "$STAMP" 2>/dev/null)" != "$wanted" ] || exit 0

say "Installing the JavaScript packages (about half a minute, when package-lock.json changed)"
npm ci --no-audit --no-fund >&2
echo "$wanted" >"$STAMP"
