#!/usr/bin/env bash
# The tests of the packages that run on the server, on SQLite and then, of those that use a database, on PostgreSQL.
# Arguments go to the test runner: with any, SQLite alone.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

# Together, because alone app and migration would have a good hundred dependencies built again with fewer
# features. frontend stays out: it would add the browser's features to app.
packages=(-p app -p migration -p server --features app/ssr)
# What is about the file is named so; what is about several nodes is ignored without PostgreSQL.
if command -v cargo-nextest >/dev/null; then
    all=(cargo nextest run --no-fail-fast "${packages[@]}")
    of_postgres=("${all[@]}" --test it --run-ignored all -E 'not test(/::embedded::/)')
else
    all=(cargo test "${packages[@]}")
    of_postgres=("${all[@]}" --test it -- --include-ignored --skip ::embedded::)
fi
[ $# -eq 0 ] || exec "${all[@]}" "$@"

failed=0
"${all[@]}" || failed=1
scripts/postgres.sh "${of_postgres[@]}" || failed=1
exit $failed
