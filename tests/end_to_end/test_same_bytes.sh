#!/usr/bin/env bash
# The same file, data and seed give the same bytes on any number of threads, whatever else the machine does.
. "$(dirname "$0")/common.sh"
for name in wine diabetes orders; do
  for threads in 1 2 8; do
    example "$name"
    expect_status 0 "$MLWC" run --quiet --threads "$threads" "$name/$name.mlw"
    mv "$name/$name.out" "$name.$threads" && rm -rf "$name"
  done
  same "$name.1" "$name.2"
  same "$name.1" "$name.8"
done
