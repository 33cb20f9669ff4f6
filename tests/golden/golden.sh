# Sourced by the scripts of this folder: compares what a command says with what it is known to say.
: "${MLWC:?the program to test}" "${MLW_SOURCE:?the folder of the sources}"
wrong=0

# golden EXPECTED COMMAND…: both outputs and the exit status, compared with the file; MLW_BLESS=1 writes the file.
golden() {
  local expected=$1 said status=0
  shift
  said=$("$@" 2>&1 </dev/null) || status=$?
  said="$said"$'\n'"exit status $status"
  if [[ ${MLW_BLESS:-0} = 1 ]]; then
    printf '%s\n' "$said" >"$expected"
  elif ! diff -u "$expected" - <<<"$said"; then
    echo "^ $expected is not what \`$*\` says (MLW_BLESS=1 accepts it)"
    wrong=1
  fi
}

# check WHAT COMMAND…: the command must succeed.
check() {
  local what=$1
  shift
  if ! "$@"; then
    echo "^ failed: $what"
    wrong=1
  fi
}

# status WANTED COMMAND…: the exit status must be that one; nothing is shown of what is said.
status() {
  local wanted=$1 got=0
  shift
  "$@" >/dev/null 2>&1 </dev/null || got=$?
  if [[ $got != "$wanted" ]]; then
    echo "exit status $got instead of $wanted: $*"
    wrong=1
  fi
}
