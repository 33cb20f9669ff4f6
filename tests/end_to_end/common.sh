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
# same FOLDER FOLDER: two runs wrote the same, bytes for bytes; only readings of clocks may differ, and the page that shows them.
same() {
  local file
  diff <(cd "$1" && find . -type f | sort) <(cd "$2" && find . -type f | sort) || fail "$1 and $2 hold different files"
  while read -r file; do
    case $file in
      */report.html | */report.md) ;;
      *.json) diff <(grep -v '"seconds"' "$1/$file") <(grep -v '"seconds"' "$2/$file") | head -n 20 >&2 || fail "$1/$file is not $2/$file" ;;
      *) cmp "$1/$file" "$2/$file" || fail "$1/$file is not $2/$file" ;;
    esac
  done < <(cd "$1" && find . -type f)
}
