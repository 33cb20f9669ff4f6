#!/usr/bin/env bash
# Bad input gets a diagnostic with a code, exit status 1, and leaves nothing half-written.
. "$(dirname "$0")/common.sh"
workflow() { printf 'workflow t\ntask { predict: y }\ndata { source: csv("t.csv") }\nsearch { line = linear(l2: 0.1)  trials: 1 }\n%s\n' "${1:-}" >t.mlw; }
rows() { awk -v n="$1" 'BEGIN { print "a,b,y"; for (i = 0; i < n; i++) print i * 37 % 101 "," i * 53 % 89 "," (i * 7 % 10 < 5 ? "p" : "q") }' >t.csv; }
refused() { rm -rf .mlw t.out; expect_status 1 "$MLWC" run t.mlw; grep -qE '^error\[[A-Z][0-9]+\]' err || { cat err; fail "$1: no diagnostic"; }; [ ! -e t.out/report.html ] || fail "$1: a report all the same"; }

workflow; rm -f t.csv;                        refused "missing file"
: >t.csv;                                     refused "empty file"
echo "a,b,y" >t.csv;                          refused "header only"
rows 60; sed -i '30s/,/;,,/' t.csv; echo '1,2' >>t.csv; refused "ragged row"
rows 60; sed -i 's/,q$/,p/' t.csv;            refused "target with one class"
rows 60; sed -i '1s/y/z/' t.csv;              refused "target that is not there"
rows 60; sed -i '1s/b/a/' t.csv;              refused "duplicated column names"
rows 60; sed -i '5s/^[^,]*/1e300/' t.csv;     refused "a number beyond float32"
rows 60; sed -i '5s/^[^,]*/inf/' t.csv;       refused "an infinite number"; expect_code D011
awk 'BEGIN { print "a,b,y"; for (i = 0; i < 60; i++) print (i == 0 ? "-inf" : i) "," i * 53 % 89 "," (i % 2 ? "p" : "q") }' >t.csv; refused "an infinite number in a column of different ones"; expect_code D105
rows 60; sed -i '5s/^[^,]*/12a/' t.csv;       refused "a word among numbers"; expect_code D105
rows 60; printf '"1,2,p\n' >>t.csv;           refused "a quote that is never closed"
rows 60; workflow 'prepare { z = a + c }';    refused "a column that is not there"
rows 60; workflow 'prepare { z = a > 3 and b }'; refused "a number where a flag is due"
rows 60; workflow 'deploy x { target: library  require: [flash <= 3ms] }'; refused "a unit that does not fit"
rows 6;                                       refused "too few rows"
rows 60; workflow 'prepare { numbers: impute(medain) }';             refused "misspelt word"; grep -q median err || fail "no suggestion"
workflow 'task { }';                          refused "a block twice"
workflow 'evaluate { test: holdout(20) }';    refused "a share without its unit"
workflow 'search { t = boosted_trees(trees: 10) }'; refused "a model that is not built yet"

# All values of one column missing: a warning, and the run goes on without it.
rows 80; sed -i '2,$s/^[^,]*,/,/' t.csv; workflow
rm -rf .mlw; expect_status 0 "$MLWC" run t.mlw

# Latin-1 is read, and said.
rows 80; sed -i '1s/b/n\xe4me/' t.csv; workflow
rm -rf .mlw; expect_status 0 "$MLWC" run t.mlw; expect_code D006

# A file where a folder is due: of the store, of the results.
rows 80; workflow; rm -rf .mlw t.out; touch .mlw
expect_status 1 "$MLWC" run t.mlw; grep -qE '^error\[R[0-9]+\]' err || { cat err; fail "a store that is a file: no diagnostic"; }
rm -rf .mlw t.out; touch t.out
expect_status 1 "$MLWC" run t.mlw; grep -qE '^error\[R[0-9]+\]' err || { cat err; fail "results that are a file: no diagnostic"; }
rm -f t.out; expect_status 0 "$MLWC" run t.mlw

# A folder that cannot be written, and a full disk.
rows 80; workflow
if [ "$(id -u)" != 0 ]; then
  rm -rf .mlw; mkdir ro; cp t.mlw t.csv ro; chmod a-w ro; expect_status 1 "$MLWC" run ro/t.mlw; chmod u+w ro
fi
rm -rf .mlw t.out
status=0; (ulimit -f 8; exec "$MLWC" run t.mlw) >out 2>err || status=$?
[ $status = 1 ] || { cat err; fail "a full disk gave $status"; }
expect_status 0 "$MLWC" run t.mlw
