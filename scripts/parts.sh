# shellcheck shell=bash
# Runs several checks to the end, whatever fails, and sums up in words. Sourced after env.sh.

parts_passed=()
parts_failed=()
# What each part that failed said last.
parts_log=$(mktemp -d)
trap 'rm -rf "$parts_log"' EXIT

# part NAME COMMAND...
part() {
    local name=$1 began=$SECONDS said=$parts_log/${#parts_failed[@]}
    shift
    say "$name"
    if "$@" 2>&1 | tee "$said"; then
        parts_passed+=("$name ($((SECONDS - began)) s)")
    else
        parts_failed+=("$name ($((SECONDS - began)) s)")
        say "$name: FAILED"
    fi
}

# finish WHAT: the summary, below what failed: nobody finds that in thousands of lines. Ends with the right exit code.
finish() {
    local at
    for at in ${parts_failed[@]+"${!parts_failed[@]}"}; do
        say "The last of ${parts_failed[$at]}"
        tail -n 60 "$parts_log/$at"
    done
    echo
    echo "$1, ${#parts_passed[@]} of $((${#parts_passed[@]} + ${#parts_failed[@]})) parts passed in $SECONDS s:"
    for name in ${parts_passed[@]+"${parts_passed[@]}"}; do echo "  passed  $name"; done
    for name in ${parts_failed[@]+"${parts_failed[@]}"}; do echo "  FAILED  $name"; done
    [ ${#parts_failed[@]} -eq 0 ] || exit 1
}
