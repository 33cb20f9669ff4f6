#!/usr/bin/env bash
# Killed at any moment, a run goes on where it was.
. "$(dirname "$0")/common.sh"
example wine
expect_status 0 "$MLWC" run --quiet wine/wine.mlw
mv wine/wine.out untouched
rm -rf wine/.mlw
for delay in 0.05 0.2 0.4 0.7 1.0 1.5 2.0; do
  "$MLWC" run --quiet wine/wine.mlw >/dev/null 2>&1 &
  sleep $delay
  kill -9 $! 2>/dev/null || true
  wait $! 2>/dev/null || true
done
expect_status 0 "$MLWC" run --quiet wine/wine.mlw
same untouched wine/wine.out

# ctrl-C ends cleanly at any moment, and what it cut short is no result.
rm -rf wine/.mlw wine/wine.out
for delay in 0.2 0.4 0.6 0.8 1.0 1.3; do
  "$MLWC" run --quiet wine/wine.mlw >/dev/null 2>&1 &
  sleep $delay
  kill -INT $! 2>/dev/null || true
  status=0; wait $! || status=$?
  [ $status = 130 ] || [ $status = 0 ] || fail "ctrl-C gave $status"
done
expect_status 0 "$MLWC" run --quiet wine/wine.mlw
same untouched wine/wine.out

# Two runs at once share one store.
rm -rf wine/.mlw wine/wine.out
"$MLWC" run --quiet wine/wine.mlw >/dev/null 2>&1 & first=$!
"$MLWC" run --quiet wine/wine.mlw >/dev/null 2>&1 & second=$!
wait $first || fail "the first of two runs failed"
wait $second || fail "the second of two runs failed"
same untouched wine/wine.out

# Damaged entries are found, said once, and made again.
find wine/.mlw/store -type f -size +200c | sort | awk 'NR % 7 == 0' | while read -r entry; do
  chmod u+w "$entry"; printf 'x' | dd of="$entry" bs=1 seek=150 conv=notrunc status=none; done
rm -rf wine/wine.out
expect_status 0 "$MLWC" run wine/wine.mlw
same untouched wine/wine.out
