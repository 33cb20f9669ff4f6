#!/usr/bin/env bash
# Opens the report in Chromium without a network: every chart must draw, nothing may be asked for, nothing may be cut off sideways.
set -euo pipefail
page=$MLW_BUILD/sample_report.html
"$MLW_BUILD/bin/test_report" >/dev/null
command -v chromium >/dev/null || { echo "chromium is not installed"; exit 1; }
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
# A second copy of the page tells, once it is drawn, what a person would see.
probe=$profile/probe.html
sed 's#</body></html>#<script>setTimeout(function(){var c=document.querySelectorAll(".chart");var d=document.querySelectorAll(".chart[data-drawn=yes] svg");document.title="charts="+c.length+" drawn="+d.length+" wide="+(document.documentElement.scrollWidth>window.innerWidth)+" requests="+performance.getEntriesByType("resource").length;},2500);</script></body></html>#' "$page" >"$probe"
for width in 1280 480; do
  title=$(chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$profile/chromium" --window-size=$width,900 --virtual-time-budget=8000 --dump-dom "file://$probe" 2>/dev/null | grep -o '<title>[^<]*' | head -n 1)
  echo "$width: $title"
  [ "$title" = "<title>charts=6 drawn=6 wide=false requests=0" ]
done
