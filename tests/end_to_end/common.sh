# What every end-to-end test starts with: a folder of its own, and small words for what is expected.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() { echo "FAILED: $*" >&2; exit 1; }
# example NAME: a fresh copy of an example.
example() { cp -r "$MLW_SOURCE/examples/$1" "$work/$1"; rm -rf "$work/$1"/.mlw "$work/$1"/*.out; }
# expect_status STATUS COMMAND…: runs it with its output in ./out and ./err.
expect_status() {
  local wanted=$1 status=0; shift
  "$@" >out 2>err || status=$?
  [ "$status" = "$wanted" ] || { cat out err >&2; fail "exit status $status instead of $wanted: $*"; }
}
# expect_code CODE: the last command's diagnostics name it.
expect_code() { grep -q "\[$1\]" err || { cat err >&2; fail "no $1"; }; }
