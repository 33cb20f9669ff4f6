#!/usr/bin/env bash
# The objective of two classes follows from how rare the rarer one is among the rows to learn from; the labels of the test part
# have no say in it.
. "$(dirname "$0")/common.sh"
# rows DEVELOPMENT TEST: per cent of `yes` among the older 400 rows, and among the newest 100, which are the test part.
rows() {
  awk -v older="$1" -v newer="$2" 'BEGIN {
    print "at,a,b,label"
    for (i = 0; i < 500; ++i) {
      share = i < 400 ? older : newer
      printf "%d-%02d-%02d,%d,%d,%s\n", 2000 + int(i / 336), int(i % 336 / 28) + 1, i % 28 + 1, i * 37 % 101, i * 53 % 89, (i * 61 % 100 < share ? "yes" : "no")
    }
  }' >rows.csv
}
workflow() { printf 'task { predict: label }\ndata { source: csv("rows.csv")  time: at }\n%s\n' "${1:-}" >a.mlw; }
objective() {  # objective WANTED WHEN
  expect_status 0 "$MLWC" plan a.mlw --full
  grep -q "^ *objective: $1\$" out || { grep objective out; fail "$2: the objective is not $1"; }
}
workflow
rows 50 50; objective roc_auc "as many of both"
rows 10 10; objective pr_auc "one in ten"
rows 90 90; objective pr_auc "nine in ten"
rows 21 21; objective roc_auc "a little above one in five"
rows 15 60; objective pr_auc "24 % of all rows, 15 % of those to learn from"
rows 24 0; objective roc_auc "19 % of all rows, 24 % of those to learn from"

# What the file says holds; several classes and numbers have objectives of their own.
rows 10 10
workflow 'metrics { objective: f1 }'; objective f1 "said in the file"
workflow 'metrics { watch: [recall] }'; objective pr_auc "a block without an objective"

# The run chooses by it, and check looks at the data for it where nothing may be written.
workflow 'search { line = linear(l2: 0.1)  trials: 1 }'
expect_status 0 "$MLWC" run a.mlw
grep -q 'to maximize pr_auc' out || fail "the search maximizes something else"
mkdir sealed; cp rows.csv a.mlw sealed; touch sealed/.mlw
expect_status 0 "$MLWC" check sealed/a.mlw

# Rows that cannot be looked at are told once, in the usual way.
workflow 'prepare { x = a + 1 }'; sed -i '2,$s/yes$//; 2,$s/no$//' rows.csv
expect_status 1 "$MLWC" check a.mlw
[ "$(grep -c '^error' err)" = 1 ] || { cat err; fail "not one error"; }
