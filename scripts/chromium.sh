#!/usr/bin/env bash
# Prints the path of a Chromium or Chrome for the browser tests; installs Debian's where there is none.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

find_chromium() {
    local candidate
    for candidate in "${PULSE_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        # A name on the PATH or a path; an empty one finds nothing.
        if command -v "$candidate"; then return; fi
    done
    return 1
}

if find_chromium; then exit; fi
command -v apt-get >/dev/null || die "The browser tests need Chromium or Chrome. Install one, or name it in PULSE_CHROMIUM, then try again."
scripts/apt.sh "testing in a real browser" chromium fonts-dejavu-core
find_chromium || die "Debian's chromium is installed but not found. Name it in PULSE_CHROMIUM, then try again."
