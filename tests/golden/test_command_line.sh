#!/usr/bin/env bash
# The command line itself: help, suggestions, exit statuses, colours, quietness, what a start loads.
set -euo pipefail
source "$(dirname "$0")/golden.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf 'task { predict: x }\ndata { source: csv("rows.csv") }\n' >sound.mlw
printf 'a,x\n' >rows.csv
for i in $(seq 60); do printf '%s,%s\n' "$((i * 7 % 11))" "$((i % 2))" >>rows.csv; done
printf 'task { predict: x y }\n' >broken.mlw

says() {  # says PATTERN COMMAND…: in either output
  local pattern=$1
  shift
  if ! ("$@" 2>&1 </dev/null || true) | grep -qE -- "$pattern"; then
    echo "does not say \"$pattern\": $*"
    wrong=1
  fi
}

status 0 "$MLWC" --version
says '^mlwc [0-9]+\.[0-9]+\.[0-9]+$' "$MLWC" --version
status 0 "$MLWC" help
status 0 "$MLWC" --help
status 2 "$MLWC"
status 2 "$MLWC" frobnicate
status 2 "$MLWC" --nonsense
says 'did you mean `check`' "$MLWC" chekc sound.mlw
says 'did you mean `--check`' "$MLWC" fmt --chek sound.mlw
status 2 "$MLWC" fmt --chek sound.mlw
status 2 "$MLWC" fmt
status 2 "$MLWC" check sound.mlw broken.mlw
status 2 "$MLWC" check sound.mlw --color sometimes
says 'auto, always or never' "$MLWC" check sound.mlw --color sometimes

# Help comes from the table: every command that is built has it, with examples first; the others say that they are not built.
built=0
for name in $("$MLWC" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p'); do
  if "$MLWC" help "$name" >help.txt 2>&1; then
    built=$((built + 1))
    check "help $name begins with examples" grep -q '^Examples:' <(sed -n 3p help.txt)
    check "help $name shows usage and options" grep -q '^  --color WHEN' help.txt
    check "$name --help is the same" diff help.txt <("$MLWC" "$name" --help)
  else
    check "$name says that it is not built" grep -q "R404" help.txt
  fi
done
check "several commands are built" test "$built" -ge 4

# Statuses and streams.
status 0 "$MLWC" check sound.mlw
status 1 "$MLWC" check broken.mlw
status 1 "$MLWC" check absent.mlw
status 1 "$MLWC" check .
says 'did you mean `sound.mlw`' "$MLWC" check sund.mlw
says 'did you mean `sound.mlw`' "$MLWC" check sound
says 'R402.*is a folder' "$MLWC" check .
check "messages leave the standard output alone" test -z "$("$MLWC" check broken.mlw 2>/dev/null || true)"
check "--quiet says nothing beside results" test -z "$("$MLWC" check sound.mlw --quiet 2>&1 >/dev/null)"
check "a text may come from the standard input" test -n "$("$MLWC" check - <sound.mlw)"
if "$MLWC" check - --quiet <broken.mlw 2>/dev/null; then echo "a broken text on the standard input was accepted"; wrong=1; fi
if "$MLWC" explain S010 >/dev/full 2>message.txt; then echo "a full disk was not noticed"; wrong=1; fi
check "a full disk is said so" grep -q R406 message.txt

# explain
says '^error\[S010\]' "$MLWC" explain S010
says '^error\[S010\]' "$MLWC" explain s010
says 'R403' "$MLWC" explain nothing_like_this_at_all
status 1 "$MLWC" explain nothing_like_this_at_all
says '"code":"S010"' "$MLWC" explain S010 --json
says '^block evaluate' "$MLWC" explain evaluate
says '^function log' "$MLWC" explain log
says '^step of preparation log' "$MLWC" explain log
says 'balanced_accuracy' "$MLWC" explain metrics
says 'did you mean `kfold`' "$MLWC" explain kfld
says '"name":"kfold"' "$MLWC" explain kfold --json
says '`a_visit` is computed from the target `spent`' "$MLWC" explain M202
says '^block evaluate' "$MLWC" explain --all
says '^error\[T101\]' "$MLWC" explain --all
status 2 "$MLWC" explain
status 2 "$MLWC" explain kfold --all

# emit
says '^    setting predict$' "$MLWC" emit sound.mlw --ast
status 1 "$MLWC" emit broken.mlw --ast
status 2 "$MLWC" emit sound.mlw

# Colours: asked for, or on a terminal that has them.
escape=$(printf '\033')
says "$escape" "$MLWC" check broken.mlw --color always
if "$MLWC" check broken.mlw 2>&1 | grep -q "$escape"; then echo "colours without a terminal"; wrong=1; fi
on_terminal() { script -qec "$*" /dev/null </dev/null 2>&1 || true; }
if command -v script >/dev/null; then
  check "a terminal gets colours" grep -q "$escape" <(TERM=xterm on_terminal "$MLWC" check broken.mlw)
  if NO_COLOR=1 TERM=xterm on_terminal "$MLWC" check broken.mlw | grep -q "$escape"; then echo "NO_COLOR is not honoured"; wrong=1; fi
  if TERM=dumb on_terminal "$MLWC" check broken.mlw | grep -q "$escape"; then echo "TERM=dumb is not honoured"; wrong=1; fi
  if TERM=xterm on_terminal "$MLWC" check broken.mlw --color never | grep -q "$escape"; then echo "--color never is not honoured"; wrong=1; fi
fi

# What every start pays for: none of the large libraries.
for command in "--version" "emit sound.mlw --ast" "fmt --check sound.mlw" "help" "explain S010"; do
  # shellcheck disable=SC2086
  if LD_DEBUG=files "$MLWC" $command 2>&1 | grep -E 'calling init:.*(LLVM|duckdb|tbb|codegen|workflow)'; then
    echo "^ loaded by mlwc $command"
    wrong=1
  fi
done
exit $wrong
