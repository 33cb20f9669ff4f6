#!/usr/bin/env bash
# From a number of the report to the lines that it comes from, and from a line to what rests on it.
. "$(dirname "$0")/common.sh"
example wine
cd wine
expect_status 1 "$MLWC" why wine.mlw 0.5; expect_code R416
expect_status 0 "$MLWC" run --quiet wine.mlw
# at TEXT: the number of the first line that holds it.
at() { grep -nF -- "$1" wine.mlw | head -n 1 | cut -d: -f1; }
said() { grep -qF -- "$1" out || { cat out; fail "not said: $1"; }; }

score=$(awk '/"test_scores"/ { test = 1 } test && /"value"/ { gsub(/[^0-9.]/, ""); print substr($0, 1, 6); exit }' wine.out/report.json)
expect_status 0 "$MLWC" why wine.mlw "$score"
said "$score is balanced_accuracy on the test part"
for line in "wine.mlw:$(at 'evaluate {'): evaluate {" "wine.mlw:$(at 'data wines'): data wines" "wine.mlw:$(at 'search {'): search {" '  test  ' '  load  '; do said "$line"; done
rows=$(awk '/"outside the test part"/ { getline; gsub(/[^0-9]/, ""); print; exit }' wine.out/report.json)
expect_status 0 "$MLWC" why wine.mlw "$rows"; said "$rows is rows of the part"
expect_status 0 "$MLWC" why --json wine.mlw "$rows"; said '"stage": "split"'
expect_status 1 "$MLWC" why wine.mlw 0.123456; expect_code R417

expect_status 0 "$MLWC" why "wine.mlw:$(at test:)"; said 'read by      split'; said ', choose, final, test,'
expect_status 0 "$MLWC" why "wine.mlw:$(at net)"; said 'net = network('; said 'read by      search'
expect_status 0 "$MLWC" why "wine.mlw:$(at deploy)"; said 'read by      build analyser'
expect_status 1 "$MLWC" why wine.mlw:2; expect_code R418
expect_status 0 "$MLWC" why wine.mlw search; said 'are there and would not run again'
sed -i 's/dense(8..32 log)/dense(8..48 log)/' wine.mlw
expect_status 0 "$MLWC" why wine.mlw choose; said 'would run'
expect_status 2 "$MLWC" why wine.mlw
