#!/usr/bin/env bash
# Every word of the vocabulary: its page, its example, and what becomes of it when it is not built yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$MLW_SOURCE/tests/documentation" PYTHONDONTWRITEBYTECODE=1
python3 "$MLW_SOURCE/tests/documentation/sample_data.py"
python3 "$MLW_SOURCE/tests/documentation/vocabulary.py"
