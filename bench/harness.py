"""Runs ours and theirs in turn on the same work and prints the ratios.

A bench is a pair of programs. Each prints one JSON object a line: {"name": what was measured, "value": number, "unit": "s" | "ns" | "ms" | …};
a line whose name ends in "quality" is not a time but what the two must agree on. Every round runs ours, then the peer; a ratio is made of the two
neighbours in time, and the table shows the median round with the smallest and the largest.
"""
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import workloads

ROOT = Path(sys.argv[1])
WANTED = sys.argv[2:]
BIN = ROOT / "build/release/bin"
DATA = ROOT / "build/bench/data"
ROUNDS = int(os.environ.get("MLW_BENCH_ROUNDS", "5"))


def measure(command):
    """All the measurements of one program: name -> (value, unit)."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=DATA)
    if result.returncode != 0:
        raise SystemExit(f"bench: {' '.join(map(str, command))} failed:\n{result.stdout}{result.stderr}")
    found = {}
    for line in result.stdout.splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            found[row["name"]] = row
    return found


def process_time(command, runs=15):
    """The median wall time of a whole process in milliseconds."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(times)


def compare(bench):
    rounds = []
    for _ in range(bench.get("rounds", ROUNDS)):
        ours = measure([BIN / bench["ours"][0], *bench["ours"][1:]])
        theirs = ours if bench["peer"] is None else measure([sys.executable, ROOT / "bench/peers" / bench["peer"][0], *bench["peer"][1:]])
        rounds.append((ours, theirs))
    for row in bench["rows"]:
        pairs = [(o[row["ours"]], t[row["theirs"]]) for o, t in rounds]
        faster = row.get("faster", "lower")
        ratios = [(t["value"] / o["value"]) if faster == "lower" else (o["value"] / t["value"]) for o, t in pairs]
        quality = None
        if "quality" in row:
            allowed = row["quality"]
            quality = all(abs(o[row["ours"] + " quality"]["value"] - t[row["theirs"] + " quality"]["value"]) <= allowed for o, t in rounds)
        yield {
            "name": row["name"],
            "ours": statistics.median(o["value"] for o, _ in pairs),
            "peer": statistics.median(t["value"] for _, t in pairs),
            "peer_name": row["peer_name"],
            "peer_version": str(pairs[0][1].get("version", "")),
            "unit": pairs[0][0]["unit"],
            "ratio": statistics.median(ratios),
            "ratio_min": min(ratios),
            "ratio_max": max(ratios),
            "must": row.get("must"),
            "equal_quality": quality,
        }


def limits():
    """Whole processes against a figure in milliseconds; the ratio is the figure over the time."""
    for name, command, prepare, limit in workloads.processes(ROOT, BIN, DATA):
        if prepare:
            subprocess.run([str(part) for part in prepare], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        value = process_time(command)
        yield {"name": name, "ours": value, "peer": limit, "peer_name": "limit", "peer_version": "", "unit": "ms", "ratio": limit / value,
               "ratio_min": limit / value, "ratio_max": limit / value, "must": 1.0, "equal_quality": None}


def show(row):
    must = "" if row["must"] is None else f"{row['must']:.2f}"
    short = row["must"] is not None and (row["ratio"] < row["must"] or row["equal_quality"] is False)
    print(f"{row['name']:<58} {row['ours']:>11.5g} {row['peer']:>11.5g} {row['unit']:<5} {row['peer_name'] + ' ' + row['peer_version']:<26} "
          f"{row['ratio']:>8.2f} ({row['ratio_min']:.2f} … {row['ratio_max']:.2f}) {must:>6} {'SHORT' if short else ''}"
          f"{'' if row['equal_quality'] is not False else ' quality differs'}", flush=True)
    return short


def main():
    DATA.mkdir(parents=True, exist_ok=True)
    rows, short = [], False
    print(f"{'work':<58} {'ours':>11} {'peer':>11} {'unit':<5} {'peer':<26} {'ratio':>8} (min … max) {'must':>6}")
    for name, bench in workloads.benches(DATA).items():
        if WANTED and name not in WANTED:
            continue
        for row in compare(bench):
            rows.append(row)
            short |= show(row)
    if not WANTED or "processes" in WANTED:
        for row in limits():
            rows.append(row)
            short |= show(row)
    (ROOT / "build/bench.json").write_text(json.dumps(rows, indent=1) + "\n")
    print(f"load average {os.getloadavg()[0]:.2f}; rounds {ROUNDS}; build/bench.json", file=sys.stderr)
    return 3 if short else 0


sys.exit(main())
