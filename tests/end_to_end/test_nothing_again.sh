#!/usr/bin/env bash
# A changed comment or layout runs nothing again; a changed setting does.
. "$(dirname "$0")/common.sh"
example wine
expect_status 0 "$MLWC" run --quiet wine/wine.mlw
printf '\n# a remark\n' >>wine/wine.mlw
sed -i 's/trials: 20/trials:      20/' wine/wine.mlw
expect_status 0 "$MLWC" run wine/wine.mlw
grep -q 'nothing has changed' err || { cat err; fail "a comment ran something again"; }
# A changed setting does run again, and `why` names it.
sed -i 's/trials:      20/trials: 21/' wine/wine.mlw
"$MLWC" plan wine/wine.mlw | grep 'choose' | grep -q 'would run' || fail "one trial more changes nothing"
