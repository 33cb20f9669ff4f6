#!/usr/bin/env bash
# The walls of the house: who may include what. Prints each line that stands on the wrong side.
set -euo pipefail
cd "$MLW_SOURCE"
wrong=0
# only PATTERN FOLDER…: sources outside the folders must not include what matches.
only() {
  local pattern=$1 what=$2; shift 2
  local excluded=()
  local folder
  for folder in "$@"; do excluded+=(":!$folder"); done
  if git grep -nE "^#include [<\"]($pattern)" -- '*.cpp' '*.h' '*.c' ':!tests' ':!bench' "${excluded[@]}"; then echo "^ $what belongs in $* alone"; wrong=1; fi
}
# never FOLDER PATTERN WHY [EXCEPTION]: sources of the folder must not include what matches.
never() {
  if git grep -nE "^#include [<\"]($2)" -- "$1" "${@:4}"; then echo "^ $1 $3"; wrong=1; fi
}
only 'llvm/|llvm-c/|lld/' LLVM compiler/codegen
never . 'antlr4|Mlw(Parser|Lexer)' 'ANTLR belongs in tests/unit/grammar alone' ':!tests/unit/grammar'
only 'duckdb' DuckDB runtime/data/duckdb
only 'Eigen/' Eigen runtime
only 'boost/graph' Boost.Graph compiler/plan
only 'toml' 'TOML' compiler/semantics compiler/artefact compiler/codegen
never compiler 'runtime/' 'knows nothing of rows'
never compiler/codegen 'compiler/(syntax|semantics|checks)' 'knows neither text nor rows'
never compiler/kernel 'compiler/(syntax|semantics|checks|plan|artefact|codegen)' 'stands on diagnostics alone'
never runtime 'compiler/(syntax|semantics)' 'knows no syntax'
never compiler/checks 'compiler/(syntax|semantics|codegen|artefact)' 'reads plain data only'
never compiler/syntax 'compiler/(semantics|checks|plan|kernel|codegen|artefact)' 'knows only text'
never runtime/report 'runtime/(data|stages|learn|store|search|evaluate|execute)' 'reads plain data only'
# The compiler opens nothing itself; files reach it as texts.
if git grep -nE 'std::(i|o)?fstream|\bfopen\(|std::filesystem' -- compiler/syntax compiler/semantics compiler/language_server compiler/checks compiler/plan compiler/kernel compiler/diagnostics \
  ':!compiler/kernel/code_generator_loader.cpp'; then
  echo "^ the compiler opens no files"; wrong=1
fi
exit $wrong
