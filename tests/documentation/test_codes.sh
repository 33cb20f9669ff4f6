#!/usr/bin/env bash
# The pages of all diagnostics. Of these no example can be shown: bytes that are no text, texts of megabytes, further looks at a test part.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$MLW_SOURCE/tests/documentation" PYTHONDONTWRITEBYTECODE=1
python3 "$MLW_SOURCE/tests/documentation/sample_data.py"
python3 "$MLW_SOURCE/tests/documentation/codes.py" S001 S008 S009 M208
