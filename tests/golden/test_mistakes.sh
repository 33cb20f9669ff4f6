#!/usr/bin/env bash
# One mistake gives one diagnostic, where a person would mend it: mistakes/NAME.mlw and NAME.expected.
set -euo pipefail
source "$(dirname "$0")/golden.sh"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp "$MLW_SOURCE"/tests/golden/mistakes/*.{mlw,csv} "$copy"
cd "$copy"
# said FILE: the diagnostics without what `check` found in the data.
said() { "$MLWC" check "$1" 2>&1 >/dev/null || return $?; }
for file in *.mlw; do
  golden "$MLW_SOURCE/tests/golden/mistakes/${file%.mlw}.expected" said "$file"
  count=$(said "$file" | grep -cE '^(error|warning|note)\[' || true)
  check "one mistake, one diagnostic: $file gives $count" test "$count" = 1
done
# Five megabytes of settings, with one mistake at the end.
{
  printf 'workflow large\ntask { predict: returned }\ndata orders { source: csv("shop.csv") }\nprepare {\n'
  seq 60000 | sed 's/.*/  column_number_& = amount * & + items - log1p(amount) \/ 7  # the & th/'
  printf '  last = amonut\n}\n'
} >large.mlw
check "a file of five megabytes" test "$(stat -c %s large.mlw)" -gt 4500000
check "its one mistake" test "$(said large.mlw | grep -cE '^error\[')" = 1
exit $wrong
