#!/usr/bin/env bash
# The examples run from raw rows to report and artefacts, and a second run has nothing to do.
. "$(dirname "$0")/common.sh"
for name in wine breast_cancer diabetes orders; do
  example "$name"
  echo "== $name"
  expect_status 0 "$MLWC" run "$name/$name.mlw"
  [ -s "$name/$name.out/report.html" ] || fail "no report"
  [ -s "$name/$name.out/report.json" ] || fail "no report.json"
  grep -q "^# $name" "$name/$name.out/report.md" || fail "no report.md"
  grep -q '"comparison"' "$name/$name.out/report.json" || fail "$name: no comparison with the baseline"
  expect_status 0 "$MLWC" run "$name/$name.mlw"
  grep -q 'nothing has changed' err || { cat err; fail "$name: the second run did something"; }
done
# What a device answers is what predict answers.
head -n 20 wine/wine.csv >rows.csv
"$MLWC" predict wine/wine.mlw <rows.csv >here.csv
device=$(find wine/wine.out/analyser -type f -perm -u+x | head -n 1)
[ -n "$device" ] || fail "no device binary"
qemu-aarch64 "$device" <rows.csv >there.csv
cmp here.csv there.csv || fail "the device answers otherwise"
[ "$(wc -l <there.csv)" = 20 ] || fail "not one answer a record"
