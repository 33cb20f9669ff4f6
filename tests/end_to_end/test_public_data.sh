#!/usr/bin/env bash
# Public sets of a realistic size, where they are at hand: MLW_DATA names the folder that holds them.
. "$(dirname "$0")/common.sh"
[ -n "${MLW_DATA:-}" ] || { echo "MLW_DATA is not set"; exit 77; }
# run NAME FILE METRIC LOW HIGH: the workflow on its data; the test score lies between two values known to be reachable.
run() {
  local name=$1
  mkdir "$name" && cp "$MLW_SOURCE/tests/fixtures/public/$name.mlw" "$name/" && cp "$MLW_DATA/$2" "$name/"
  expect_status 0 "$MLWC" run "$name/$name.mlw"
  grep -q '"beats": true' "$name/$name.out/report.json" || fail "$name: the winner does not beat the baseline"
  sed -n "s/^test *$3 \([0-9.]*\) .*/\1/p" out | awk -v low="$4" -v high="$5" '
    { found = 1; if ($1 < low || $1 > high) { print "score " $1; exit 1 } } END { exit !found }' || { cat out; fail "$name: $3 is not between $4 and $5"; }
  expect_status 0 "$MLWC" run "$name/$name.mlw"
  grep -q 'nothing has changed' err || { cat err; fail "$name: the second run did something"; }
}
run adult adult/adult.train.csv.gz roc_auc 0.90 0.94
run bike_sharing bike_sharing/hour.csv mae 20 60
