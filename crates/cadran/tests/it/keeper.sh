# Runs a program for as long as the test process holds our standard input open. However that process ends, killed included, the pipe
# closes, and the program and its folder are cleared away: nothing is left that holds the output of the tests open.
# $1: the folder; then the program and its arguments.
folder=$1
shift
"$@" </dev/null &
program=$!
# What the program says ends with the program.
exec >&-
while read -r _; do :; done
kill -9 "$program" 2>/dev/null
wait "$program" 2>/dev/null
rm -rf "$folder"
