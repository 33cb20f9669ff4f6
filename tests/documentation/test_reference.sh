#!/usr/bin/env bash
# docs/reference.md is what the vocabulary says; MLW_BLESS=1 (`./mlw bless`) writes it.
set -euo pipefail
reference=$MLW_SOURCE/docs/reference.md
if [[ ${MLW_BLESS:-0} = 1 ]]; then "$MLWC" explain --all --markdown >"$reference"; fi
if ! diff -u "$reference" <("$MLWC" explain --all --markdown); then
  echo "^ docs/reference.md is stale: ./mlw bless writes it anew"
  exit 1
fi
