#!/usr/bin/env bash
# The documents that people write by hand: every block of mlw in them is checked as it stands.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PYTHONPATH="$MLW_SOURCE/tests/documentation" PYTHONDONTWRITEBYTECODE=1
python3 "$MLW_SOURCE/tests/documentation/sample_data.py"
cp "$MLW_SOURCE"/examples/*/*.csv .
documents=("$MLW_SOURCE/README.md")
for document in "$MLW_SOURCE"/docs/*.md; do
  # The reference is made from the vocabulary, whose examples have a test of their own.
  if [[ $document != */reference.md ]]; then documents+=("$document"); fi
done
python3 "$MLW_SOURCE/tests/documentation/documents.py" "${documents[@]}"
