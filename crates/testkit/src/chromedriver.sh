# Runs chromedriver for as long as the test process holds our standard input open. However that process ends, killed included, the
# pipe closes, and chromedriver, the browsers it left and their profiles are cleared away.
# $1: the folder of the profiles.
profiles=$1
chromedriver --port=0 </dev/null &
driver=$!
while read -r _; do :; done
kill "$driver" 2>/dev/null
wait "$driver" 2>/dev/null
# A browser outlives its driver. The lock of its profile is a link to `HOST-PROCESS`.
for lock in "$profiles"/*/SingletonLock; do
    link=$(readlink "$lock") && kill -9 "${link##*-}" 2>/dev/null
done
# Its children write for a moment more.
for pause in 0.1 0.2 0.5 1 2; do
    rm -rf "$profiles" 2>/dev/null
    sleep "$pause"
    [ -e "$profiles" ] || break
done
