# shellcheck shell=bash
# Runs several checks to the end, whatever fails, and sums up in words. Sourced after env.sh.

parts_passed=()
parts_failed=()

# part NAME COMMAND...
part() {
    local name=$1 began=$SECONDS
    shift
    say "$name"
    if "$@"; then
        parts_passed+=("$name ($((SECONDS - began)) s)")
    else
        parts_failed+=("$name ($((SECONDS - began)) s)")
        say "$name: FAILED"
    fi
}

# finish WHAT: the summary; ends the script with the right exit code.
finish() {
    echo
    echo "$1, ${#parts_passed[@]} of $((${#parts_passed[@]} + ${#parts_failed[@]})) parts passed in $SECONDS s:"
    for name in ${parts_passed[@]+"${parts_passed[@]}"}; do echo "  passed  $name"; done
    for name in ${parts_failed[@]+"${parts_failed[@]}"}; do echo "  FAILED  $name"; done
    [ ${#parts_failed[@]} -eq 0 ] || exit 1
}
