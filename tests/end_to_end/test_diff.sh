#!/usr/bin/env bash
# What a change of a file means: for the scores, and for the work that is to be done.
. "$(dirname "$0")/common.sh"
example wine
cd wine
# means EDIT REACH COMPARABLE: the file after the edit of sed, against the file before it.
means() {
  sed "$1" wine.mlw >after.mlw
  expect_status 0 "$MLWC" diff --json wine.mlw after.mlw
  grep -q "\"reach\": \"$2\"" out || { cat out; fail "$1: it does not reach $2"; }
  grep -q "\"scores_comparable\": $3" out || { cat out; fail "$1: scores comparable is not $3"; }
}
means '1i # a comment' nothing true
means 's/  batch: 32,/  batch:   32,/' nothing true
means 's/"Which cultivar.*"/"Another title"/' report true
means 's/^deploy.*//' delivery true
means 's/watch: .*/watch: [accuracy]/' choice true
means 's/objective: .*/objective: minimize(log_loss)/' choice false
means 's/trials: 20/trials: 24/' candidates true
means 's/dense(8..32 log)/dense(8..64 log)/' candidates true
means 's/holdout(25%)/holdout(30%)/' judgement false
means 's/seed: 7/seed: 8/' judgement false
# What is told to people: the place, both lines, what is done again and what stays.
sed 's/trials: 20/trials: 24/' wine.mlw >after.mlw
expect_status 0 "$MLWC" diff wine.mlw after.mlw
for line in "after.mlw:$(grep -n 'trials: 24' after.mlw | cut -d: -f1)" '  - trials: 20' '  + trials: 24' 'done again:   search (40 of 240)' 'stays:        load, split'; do
  grep -qF -- "$line" out || { cat out; fail "not said: $line"; }
done
# The earlier version out of a repository, without its data.
mkdir ../elsewhere && cp wine.mlw ../elsewhere/old.mlw
expect_status 0 "$MLWC" diff ../elsewhere/old.mlw after.mlw
expect_status 0 "$MLWC" diff - after.mlw <wine.mlw
# Other data, and files with mistakes.
cp wine.csv keep.csv; sed -i '$d' wine.csv
expect_status 0 "$MLWC" diff --json wine.mlw after.mlw; mv keep.csv wine.csv
sed 's/objective: .*/objective: balanced_acuracy/' wine.mlw >after.mlw
expect_status 1 "$MLWC" diff wine.mlw after.mlw; expect_code T101
expect_status 1 "$MLWC" diff wine.mlw nowhere.mlw
expect_status 2 "$MLWC" diff wine.mlw
