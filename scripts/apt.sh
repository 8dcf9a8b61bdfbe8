#!/usr/bin/env bash
# Installs Debian packages that are missing. Usage: apt.sh WHY PACKAGE...
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

why=$1
shift
missing=()
for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || die "$why needs Debian packages, and only root can install them. Run this, then try again:
    sudo apt-get update && sudo apt-get install -y ${missing[*]}"
    as_root=(sudo -n)
fi

say "Installing ${missing[*]} with apt-get: $why needs it"
${as_root[@]+"${as_root[@]}"} apt-get update -qq >&2
${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
