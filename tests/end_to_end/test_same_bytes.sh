#!/usr/bin/env bash
# The same file, data and seed give the same bytes on 1, 2 and 8 threads; a changed comment or layout runs nothing again.
. "$(dirname "$0")/common.sh"
example wine
for threads in 1 2 8; do
  rm -rf wine/.mlw wine/wine.out
  expect_status 0 "$MLWC" run --quiet --threads $threads wine/wine.mlw
  mv wine/wine.out "out-$threads"
done
same out-1 out-2
same out-1 out-8
mkdir wine/wine.out
printf '\n# a remark\n' >>wine/wine.mlw
sed -i 's/trials: 20/trials:      20/' wine/wine.mlw
expect_status 0 "$MLWC" run wine/wine.mlw
grep -q 'nothing has changed' err || { cat err; fail "a comment ran something again"; }
# A changed setting does run again, and `why` names it.
sed -i 's/trials:      20/trials: 21/' wine/wine.mlw
"$MLWC" plan wine/wine.mlw | grep 'choose' | grep -q 'would run' || fail "one trial more changes nothing"
