#!/usr/bin/env bash
# The core of the tracker's browser tests in Firefox and in WebKit, as far as they can be had here; against the binary
# as it is released. Arguments go to Playwright.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

# get WHY PACKAGE...: whether these packages are there now.
get() { command -v apt-get >/dev/null && scripts/apt.sh "$@"; }

# first PROGRAM...: the first of these that is there; a name on the PATH or a path.
first() {
    local candidate
    for candidate in "$@"; do
        if command -v "$candidate"; then return; fi
    done
    return 1
}

find_firefox() { first "${PULSE_FIREFOX:-}" firefox firefox-esr /Applications/Firefox.app/Contents/MacOS/firefox; }
find_webkit() { first "${PULSE_WEBKIT:-}" /usr/lib/*/webkit2gtk-4.1/MiniBrowser /usr/lib*/webkit2gtk-4.1/MiniBrowser; }
find_driver() { first "${PULSE_WEBKIT_DRIVER:-}" WebKitWebDriver; }

find_firefox >/dev/null || get "testing in Firefox" firefox-esr || true
PULSE_FIREFOX=$(find_firefox) || say "Not tested in Firefox: there is none here, and none could be installed"

# WebKit's small browser has no mode without a window, so it gets a display that nobody sees.
has_webkit() { find_webkit && find_driver && command -v xvfb-run && command -v xauth; } >/dev/null
has_webkit || get "testing in WebKit" webkit2gtk-driver xvfb xauth || true
display=()
if has_webkit; then
    PULSE_WEBKIT=$(find_webkit)
    PULSE_WEBKIT_DRIVER=$(find_driver)
    display=(xvfb-run -a)
else
    PULSE_WEBKIT=
    say "Not tested in WebKit: there is no webkit2gtk-driver with Xvfb here, and none could be installed"
fi
[ -n "$PULSE_FIREFOX$PULSE_WEBKIT" ] || exit 0

if [ -z "${PULSE_BIN:-}" ]; then
    scripts/build.sh
    PULSE_BIN=$CARGO_TARGET_DIR/release/pulse
fi
export PULSE_BIN PULSE_FIREFOX PULSE_WEBKIT PULSE_WEBKIT_DRIVER
cd end2end
exec ${display[@]+"${display[@]}"} npx playwright test -c engines.config.ts "$@"
