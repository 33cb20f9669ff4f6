#!/usr/bin/env bash
# `mlwc emit`: the tree, the stages with what their keys are made of, and the winner's code for this machine and others.
. "$(dirname "$0")/common.sh"
example wine
cd wine
emit() { expect_status "$1" "$MLWC" emit wine.mlw "${@:2}"; }

# Before there is a winner.
emit 0 --ast
grep -q '^    setting predict$' out || fail "no tree"
emit 0 --plan
grep -q '^final (would run) [0-9a-f]\{64\}$' out || fail "no stage that would run"
for form in --llvm --asm; do emit 1 $form; expect_code R428; grep -q 'mlwc run wine.mlw' err || fail "no advice"; done

expect_status 0 "$MLWC" run wine.mlw --quiet
emit 0 --plan
cp out plan.txt
[ "$(grep -c ') [0-9a-f]\{64\}$' plan.txt)" = "$("$MLWC" plan wine.mlw --json | grep -c '"key"')" ] || fail "not every stage"
for key in $("$MLWC" plan wine.mlw --json | sed -n 's/.*"key": "\(.*\)".*/\1/p'); do
  grep -q " $key\$" plan.txt || fail "the key $key of the plan is not shown"
done
if grep -q '(would run)' plan.txt; then fail "something would run after a run"; fi
emit 0 --plan split
[ "$(grep -c '^[a-z]' out)" = 1 ] && grep -q '^split (cached) ' out && grep -q '^  settings: evaluate: ' out || fail "not the one stage"
# The key that a stage has as an input is the key that this input shows.
load=$("$MLWC" emit wine.mlw --plan load | sed -n '1s/.* //p')
grep -qx "  input: load: $load" out || fail "an input's key is another"
emit 0 --plan --json
python3 -c 'import json; stages = json.load(open("out")); assert all(part["value"] for stage in stages for part in stage["parts"] if part["name"] == "code")' || fail "no JSON"

# Machine code, of the same program for several targets, the same every time.
emit 0 --llvm
grep -q '^define i32 @wine(' out && grep -q 'x86_64' out || fail "no LLVM code"
cp out first; emit 0 --llvm; cmp out first || fail "LLVM code differs from one time to the next"
emit 0 --llvm final; cmp out first || fail "the final fit is another program"
emit 0 --asm
grep -q '^wine:' out || fail "no assembly"
cp out host.s
emit 0 --asm --target analyser; cp out device.s
if cmp -s host.s device.s; then fail "the device has this machine's code"; fi
grep -qE '\bv[0-9]+\.4s\b' device.s || fail "no AArch64 code for the deployment"
emit 0 --asm --target raspberry-pi-4; cmp out device.s || fail "the device is not the deployment's"
emit 0 --asm "build analyser"; cmp out device.s || fail "the stage is not the deployment"
emit 0 --llvm "build analyser"
grep -q 'target triple = "aarch64' out || fail "not the device's LLVM code"
emit 0 --asm --target analyser --json
python3 -c 'import json; code = json.load(open("out")); assert code["target"] == "raspberry-pi-4" and code["assembly"] == open("device.s").read()' || fail "no JSON"

# What there is nothing to show for.
emit 1 --asm split; expect_code R429
emit 1 --asm splt; expect_code R423
emit 1 --plan splt; expect_code R423
emit 1 --asm --target raspberry-pi-5; expect_code B312
emit 2
emit 2 --ast --plan
emit 2 --plan --llvm
emit 2 --llvm --asm
emit 2 --ast split
emit 2 --plan --target analyser
emit 2 --llvm final --target analyser
emit 2 --nonsense
expect_status 2 "$MLWC" emit
sed -i 's/predict: cultivar/predict: cultivars/' wine.mlw
emit 1 --plan; expect_code T101
