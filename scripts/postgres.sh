#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, which is thrown away afterwards: scripts/postgres.sh COMMAND...
# The command finds it in PULSE_TEST_POSTGRES, an address with an empty name of the database. With PULSE_POSTGRES_FSYNC=on
# it keeps what it says it keeps, as measurements need it; tests do not.
set -euo pipefail
# shellcheck source=scripts/env.sh
source "$(dirname "$0")/env.sh"

find_bin() {
    local candidate
    for candidate in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin "$(dirname "$(command -v initdb || true)")"; do
        [ ! -x "$candidate/initdb" ] || found=$candidate
    done
    [ -n "${found:-}" ]
}
if ! find_bin; then
    command -v apt-get >/dev/null || die "The tests on PostgreSQL need its server. Install it, then try again."
    scripts/apt.sh "testing on PostgreSQL" postgresql
    find_bin || die "Debian's postgresql is installed but its initdb is not found."
fi

folder=$(mktemp -d)
as_owner=()
# PostgreSQL does not run as root.
if [ "$(id -u)" -eq 0 ]; then
    as_owner=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chown postgres "$folder"
fi
in_folder() { (cd "$folder" && ${as_owner[@]+"${as_owner[@]}"} "$@"); }
stop() {
    in_folder "$found/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

in_folder "$found/initdb" -D "$folder/data" -U postgres --auth=trust --no-sync --encoding=UTF8 --locale=C >/dev/null
fsync=${PULSE_POSTGRES_FSYNC:-off}
# On a socket alone, so that no port is taken.
in_folder "$found/pg_ctl" -D "$folder/data" -l "$folder/log" -w start -o \
    "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200 -c fsync=$fsync -c full_page_writes=$fsync -c synchronous_commit=$fsync" \
    >/dev/null || die "PostgreSQL did not start: $(tail -3 "$folder/log")"

PULSE_TEST_POSTGRES="postgres://postgres@localhost/?host=$folder" "$@"
