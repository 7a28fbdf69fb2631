# Runs a throw-away PostgreSQL for as long as our standard input is held open. However the one who holds it ends, killed included,
# the pipe closes, the server is stopped and its files are removed.
# $1: folder of PostgreSQL's programs, $2: TCP port on 127.0.0.1, $3: fsync, on or off
folder=$(mktemp -d "${TMPDIR:-/tmp}/cadran-postgres-XXXXXX") || exit 1
clear_away() {
    "$1/pg_ctl" --pgdata="$folder/data" --mode=immediate --wait stop >/dev/null 2>&1
    rm -rf "$folder"
}
trap 'clear_away "$1"' EXIT
cd "$folder" || exit 1
"$1/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 ||
    { cat initdb.log >&2; exit 1; }
"$1/pg_ctl" --pgdata="$folder/data" --log="$folder/server.log" --wait --timeout=60 --options="-p $2 -k $folder -c listen_addresses=127.0.0.1 \
    -c fsync=$3 -c synchronous_commit=$3 -c full_page_writes=$3 -c max_connections=200" start >start.log 2>&1 ||
    { cat start.log server.log >&2; exit 1; }
echo "ready in $folder"
while read -r _; do :; done
