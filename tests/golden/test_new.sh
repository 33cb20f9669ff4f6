#!/usr/bin/env bash
# `mlwc new`: what it writes is laid out, sound for its data, and never replaces a file. `mlwc check` on the way.
set -euo pipefail
source "$(dirname "$0")/golden.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir data
{
  echo 'id,step,total amount,town,label'
  for i in $(seq 60); do echo "r$i,$((i % 5)),$((i * 13 % 17)).5,$(((i % 3)) && echo Köln || echo 北京),$(((i % 4)) && echo yes || echo no)"; done
} >data/rows.csv

check "new writes a workflow" "$MLWC" new first --from data/rows.csv --quiet
check "it has its layout" "$MLWC" fmt --check first.mlw
status 0 "$MLWC" check first.mlw
check "the target is chosen by its name" grep -q '^  predict: label$' first.mlw
check "names that are no plain names are quoted" grep -qF '`total amount`: number' first.mlw
check "words of the language are quoted" grep -qF '`step`' first.mlw
check "the key is found" grep -q '^  key: `id`  # every row' first.mlw
check "the path is relative to the workflow" grep -qF 'csv("data/rows.csv")' first.mlw

"$MLWC" new data/inside --from data/rows.csv --predict town --quiet
check "also from another folder" grep -qF 'csv("rows.csv")' data/inside.mlw
check "the target is taken as asked" grep -q '^  predict: town$' data/inside.mlw
status 0 "$MLWC" check data/inside.mlw

"$MLWC" new sketch --quiet
check "a sketch has its layout" "$MLWC" fmt --check sketch.mlw
status 1 "$MLWC" check sketch.mlw  # its rows are still to be named

cp first.mlw before.mlw
status 1 "$MLWC" new first --from data/rows.csv
check "a file that is there stays" cmp first.mlw before.mlw
status 1 "$MLWC" new other --from data/absent.csv
status 1 "$MLWC" new other --from data/rows.csv --predict lable
status 1 "$MLWC" new other --from data/rows.csv --predict id
status 1 "$MLWC" new other --from first.mlw
status 2 "$MLWC" new
status 1 "$MLWC" new absent_folder/other
check "nothing was written in vain" test ! -e other.mlw
"$MLWC" new other --from data/rows.csv --predict lable 2>message.txt || true
check "a misspelt target is recognised" grep -q 'did you mean `label`' message.txt

# What check says of columns, for people and for programs.
"$MLWC" check first.mlw >facts.txt
check "check tells the columns" grep -qE '^  town +category +declared' facts.txt
"$MLWC" check first.mlw --json | python3 -c '
import json, sys
facts = [json.loads(line) for line in sys.stdin]
data = [fact for fact in facts if "columns" in fact]
assert data[0]["rows"] == 60 and len(data[0]["columns"]) == 5, facts
'
# A check needs no right to write: here a file stands where the store would be.
mkdir sealed
cp data/rows.csv sealed/
"$MLWC" new sealed/here --from sealed/rows.csv --quiet
touch sealed/.mlw
status 0 "$MLWC" check sealed/here.mlw
check "the file in the way is untouched" test -f sealed/.mlw

sed -i 's/predict: label/predict: lable/' first.mlw
status 1 "$MLWC" check first.mlw
rm data/rows.csv
status 1 "$MLWC" check data/inside.mlw
exit $wrong
