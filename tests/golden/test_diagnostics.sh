#!/usr/bin/env bash
# What `mlwc check` says about workflows with mistakes: diagnostics/NAME.mlw and NAME.expected.
set -euo pipefail
source "$(dirname "$0")/golden.sh"
cd "$MLW_SOURCE/tests/golden/diagnostics"
for file in *.mlw; do golden "${file%.mlw}.expected" "$MLWC" check "$file"; done
# The same facts as JSON: one object a line, each with its code, message and place.
("$MLWC" check several.mlw --json 2>/dev/null || true) | awk '
  !/^\{.*\}$/ || !/"code":"[A-Z][0-9]+"/ || !/"message":"[^"]/ || !/"line":[1-9]/ { bad = 1 }
  END { exit bad || NR < 6 }' || { echo "^ check --json is not one object a line"; wrong=1; }
exit $wrong
