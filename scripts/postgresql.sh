#!/usr/bin/env bash
# A PostgreSQL for the tests, from the distribution's packages.
#   install       installs it where it is missing; needs root
#   start         starts a temporary server; prints its address and its folder
#   stop FOLDER   stops that server and removes the folder
set -euo pipefail

programs() {  # folder of the newest initdb and pg_ctl
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$found" ]; then echo "$found"; return; fi
    dirname "$(command -v pg_ctl)"
}

as_owner() {  # the server refuses to run as root
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

case "${1:-}" in
install)
    if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends postgresql
    ;;
start)
    bin=$(programs)
    [ -x "$bin/initdb" ] || { echo 'PostgreSQL is not installed' >&2; exit 1; }
    folder=$(mktemp -d /tmp/hyqa-postgresql.XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
    cd "$folder"
    as_owner "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-sync >"$folder/log" 2>&1
    for attempt in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        options="-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
        if as_owner "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" -o "$options" start >>"$folder/log" 2>&1
        then
            echo "postgresql://postgres@127.0.0.1:$port/postgres $folder"
            exit 0
        fi
    done
    cat "$folder/log" >&2
    exit 1
    ;;
stop)
    folder=${2:?folder of the server}
    cd /
    as_owner "$(programs)/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    rm -rf "$folder"
    ;;
*)
    echo "usage: $0 install | start | stop FOLDER" >&2
    exit 2
    ;;
esac
