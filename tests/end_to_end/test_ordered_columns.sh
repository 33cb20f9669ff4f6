#!/usr/bin/env bash
# Columns with a declared order are compared by it: in `where`, in definitions and rules, here and on a device, also for
# values that are missing or that the order does not have.
. "$(dirname "$0")/common.sh"
{
  echo "size,other,weight,label"
  for i in $(seq 240); do
    sizes=(small medium large medium small large "" large)
    size=${sizes[$((i * 7 % 8))]} other=${sizes[$((i * 3 % 6))]}
    big=$([[ $size = large || $size = medium ]] && echo 1 || echo 0)
    echo "$size,$other,$((i * 37 % 101)),$([ $(((big * 5 + i) % 7)) -lt 4 ] && echo yes || echo no)"
  done
} >sizes.csv
cat >sizes.mlw <<'END'
workflow sizes
task { predict: label }
data {
  source: csv("sizes.csv", missing_values: [""])
  columns { size, other: ordinal(["small", "medium", "large"]) }
}
prepare {
  big       = size >= "medium"
  not_large = "large" > size
  between   = size in "small".."medium"
  larger    = size > other
  either    = if size < other then weight else -weight
  flags: impute(false)
}
baseline { rule: size == "large" or size > other }
evaluate { seed: 3 }
search { line = linear(l2: 0.01)  trials: 1 }
deploy board { target: device("raspberry-pi-4") }
END
expect_status 0 "$MLWC" run sizes.mlw
grep -q 'rows answered alike' out || fail "the device was not compared"
"$MLWC" plan sizes.mlw --full | grep -q 'big = size >= "medium"' || fail "the comparison is written otherwise"

# What the comparisons are, seen through the population.
count() {  # count CONDITION ROWS
  printf 'task { predict: label }\ndata { source: csv("sizes.csv", missing_values: [""])  where: %s  columns { size, other: ordinal(["small", "medium", "large"]) } }\nsearch { line = linear(l2: 1)  trials: 1 }\n' "$1" >where.mlw
  rm -rf .mlw
  expect_status 0 "$MLWC" run where.mlw --json
  rows=$(python3 -c 'import json; print(sum(part["rows"] for part in json.load(open("where.out/report.json"))["parts"] if part["name"] in ("test", "outside the test part")))')
  [ "$rows" = "$2" ] || fail "$1 holds for $rows rows instead of $2"
}
of() { awk -F, "NR > 1 && ($1)" sizes.csv | wc -l; }
count 'size >= "medium"' "$(of '$1 == "medium" || $1 == "large"')"
count 'size < "large"' "$(of '$1 == "small" || $1 == "medium"')"
count 'not (size < "large")' "$(of '$1 == "large"')"
count 'size in "medium".."large"' "$(of '$1 == "medium" || $1 == "large"')"
count 'size > other' "$(of '($1 == "large" && ($2 == "medium" || $2 == "small")) || ($1 == "medium" && $2 == "small")')"

# The same rows by hand: one answer here, the same on the device.
printf 'size,other,weight\nsmall,large,3\nlarge,small,3\n,small,3\nhuge,small,3\nmedium,,3\n' >rows.csv
rm -rf .mlw
expect_status 0 "$MLWC" run sizes.mlw --quiet
"$MLWC" predict sizes.mlw <rows.csv >here.csv
qemu-aarch64 "$(find sizes.out/board -type f -perm -u+x | head -n 1)" <rows.csv >there.csv
cmp here.csv there.csv || fail "the device answers otherwise"
[ "$(wc -l <there.csv)" = 6 ] || fail "not one answer a record"

# An order that does not have the value, and none at all.
sed 's/size >= "medium"/size >= "medum"/' sizes.mlw >wrong.mlw
expect_status 1 "$MLWC" check wrong.mlw; expect_code T121
sed '/columns {/d' sizes.mlw >wrong.mlw
expect_status 1 "$MLWC" check wrong.mlw; expect_code T106
