#!/usr/bin/env bash
# The layout that `mlwc fmt` gives: syntax/NAME.mlw becomes format/NAME.mlw, which stays as it is.
set -euo pipefail
source "$(dirname "$0")/golden.sh"
cd "$MLW_SOURCE/tests/golden"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in syntax/*.mlw; do
  name=$(basename "$file")
  cp "$file" "$work/$name"
  "$MLWC" fmt --quiet "$work/$name"
  if [[ ${MLW_BLESS:-0} = 1 ]]; then cp "$work/$name" "format/$name"; fi
  check "the layout of $file" diff -u "format/$name" "$work/$name"
  check "fmt --check agrees with fmt" "$MLWC" fmt --check "$work/$name"
  check "the standard input is formatted too" diff "format/$name" <("$MLWC" fmt - <"$file")
done

cd "$work"
printf 'task{predict:x}\n' >a.mlw
printf 'task { predict: x y }\n' >broken.mlw
check "--check names the file" test "$("$MLWC" fmt --check a.mlw || true)" = a.mlw
status 1 "$MLWC" fmt --check a.mlw
status 1 "$MLWC" fmt --diff a.mlw
check "--check writes nothing" grep -qx 'task{predict:x}' a.mlw
"$MLWC" fmt --diff a.mlw >a.diff || true
printf '%s\n' '--- a.mlw' '+++ a.mlw' '@@ -1,1 +1,1 @@' '-task{predict:x}' '+task { predict: x }' >wanted.diff
check "--diff shows the change" diff wanted.diff a.diff

# A file with mistakes is left alone; the others are still formatted.
status 1 "$MLWC" fmt broken.mlw a.mlw
check "a broken file is not touched" grep -qx 'task { predict: x y }' broken.mlw
check "the file behind it is formatted" grep -qx 'task { predict: x }' a.mlw

# Rights and links stay; a folder that cannot be written is said so.
printf 'task{predict:x}\n' >target.mlw
chmod 640 target.mlw
ln -s target.mlw link.mlw
"$MLWC" fmt --quiet link.mlw
check "a link stays a link" test -L link.mlw
check "its file is formatted" grep -qx 'task { predict: x }' target.mlw
check "rights stay" test "$(stat -c %a target.mlw)" = 640
check "nothing is left beside the files" test -z "$(find . -name '*.tmp*' -o -name '.*.mlw*')"

# A diff of many lines can be applied.
for i in $(seq 300); do printf 'x%s=%s\n' "$i" "$i"; done >many.mlw
sed -i '100,110s/=/ = /; 150s/=/ = /' many.mlw
cp many.mlw applied.mlw
"$MLWC" fmt --diff many.mlw >many.diff || true
check "the diff applies" patch -s applied.mlw many.diff
check "it gives what fmt gives" diff applied.mlw <("$MLWC" fmt - <many.mlw)
exit $wrong
