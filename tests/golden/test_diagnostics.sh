#!/usr/bin/env bash
# What `mlwc check` says about workflows with mistakes: diagnostics/NAME.mlw and NAME.expected.
set -euo pipefail
source "$(dirname "$0")/golden.sh"
cd "$MLW_SOURCE/tests/golden/diagnostics"
for file in *.mlw; do golden "${file%.mlw}.expected" "$MLWC" check "$file"; done
# The same facts as JSON: one object a line, each with its code and message.
("$MLWC" check several.mlw --json 2>/dev/null || true) | python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert len(lines) >= 6, len(lines)
assert all(line["code"] and line["message"] and line["line"] > 0 for line in lines)
' || { echo "^ check --json is not one object a line"; wrong=1; }
exit $wrong
