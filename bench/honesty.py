"""Whether the figures that mlwc reports can be believed, by simulation: problems with a known truth go through the whole of `mlwc run`, and what it
says of the test part is held against what is true of the same model on the whole population.

    ./mlw bench honesty [PROBLEMS]

The truth needs no second sample of labels: the population's conditional probabilities and means are known, so that a fresh sample of inputs and the
model's own answers give the metric's expectation almost without noise.
"""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy

ROOT = Path(sys.argv[1])
PROBLEMS = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
MLWC = ROOT / "build/release/bin/mlwc"
ROWS, TEST_SHARE, FRESH, INPUTS = 800, "30%", 20_000, 5

BINARY = """workflow problem
task {{ predict: y  kind: binary(positive: "yes") }}
data rows {{ source: csv("rows.csv") }}
metrics {{ cost = 5 * false_negatives + false_positives  objective: maximize({objective})  watch: [accuracy, roc_auc, minimize(cost)] }}
evaluate {{ test: holdout({share})  validate: kfold(3)  seed: {seed} }}
search {{ line = linear(l2: 1e-4..1 log)  trials: 3 }}
"""
REGRESSION = """workflow problem
task {{ predict: y  kind: regression }}
data rows {{ source: csv("rows.csv") }}
metrics {{ objective: minimize(rmse) }}
evaluate {{ test: holdout({share})  validate: kfold(3)  seed: {seed} }}
search {{ line = linear(l2: 1e-4..1 log)  trials: 3 }}
"""


def write_rows(path, x, y=None):
    names = [f"x{i}" for i in range(x.shape[1])] + (["y"] if y is not None else [])
    with open(path, "w") as file:
        file.write(",".join(names) + "\n")
        for i, row in enumerate(x):
            file.write(",".join(f"{value:.6f}" for value in row) + (f",{y[i]}" if y is not None else "") + "\n")


def expected_auc(probability, score):
    """Chance that a positive row scores above a negative one, rows being positive with the given probabilities."""
    order = numpy.argsort(score)
    p, s = probability[order], score[order]
    _, first, counts = numpy.unique(s, return_index=True, return_counts=True)
    positive = numpy.add.reduceat(p, first)
    negative = counts - positive
    below = numpy.concatenate([[0.0], numpy.cumsum(negative)[:-1]])
    return float((positive * (below + negative / 2)).sum() / (positive.sum() * negative.sum()))


def run(folder, workflow):
    (folder / "problem.mlw").write_text(workflow)
    done = subprocess.run([MLWC, "run", "--quiet", "--threads", "1", "problem.mlw"], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"honesty: mlwc failed:\n{done.stderr}")
    return json.loads((folder / "problem.out/report.json").read_text())


def predict(folder, x):
    write_rows(folder / "fresh.csv", x)
    with open(folder / "fresh.csv") as rows:
        done = subprocess.run([MLWC, "predict", "problem.mlw"], cwd=folder, stdin=rows, capture_output=True, text=True, check=True)
    return [line.split(",") for line in done.stdout.splitlines()[1:]]


def binary(seed, learnable):
    generator = numpy.random.default_rng([seed, 1])
    weights = generator.standard_normal(INPUTS) * (1.0 if learnable else 0.0)
    shift = generator.uniform(-0.5, 0.5)
    sample = lambda rows: generator.standard_normal((rows, INPUTS))
    probability = lambda x: 1 / (1 + numpy.exp(-(x @ weights + shift)))
    x = sample(ROWS)
    y = numpy.where(generator.random(ROWS) < probability(x), "yes", "no")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rows(folder / "rows.csv", x, y)
        report = run(folder, BINARY.format(objective="accuracy" if learnable else "roc_auc", share=TEST_SHARE, seed=seed))
        if not learnable:
            return {"beats": report["comparison"]["beats"]}
        fresh = sample(FRESH)
        answers = predict(folder, fresh)
    says = numpy.array([row[0] == "yes" for row in answers])
    score = numpy.array([float(row[-2]) for row in answers])
    p = probability(fresh)
    test_rows = next(part["rows"] for part in report["parts"] if part["name"] == "test")
    truth = {"accuracy": float(numpy.where(says, p, 1 - p).mean()), "roc_auc": expected_auc(p, score),
             "cost": float(numpy.where(says, 1 - p, 5 * p).mean()) * test_rows}
    return {score["metric"]: (score["low"] <= truth[score["metric"]] <= score["high"]) for score in report["test_scores"]}


def regression(seed, learnable):
    generator = numpy.random.default_rng([seed, 2])
    weights = generator.standard_normal(INPUTS) * (1.0 if learnable else 0.0)
    noise = generator.uniform(0.5, 2)
    sample = lambda rows: generator.standard_normal((rows, INPUTS))
    mean = lambda x: x @ weights + 0.3 * numpy.sin(2 * x[:, 0]) * bool(learnable)
    x = sample(ROWS)
    y = [f"{value:.6f}" for value in mean(x) + noise * generator.standard_normal(ROWS)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rows(folder / "rows.csv", x, y)
        report = run(folder, REGRESSION.format(share=TEST_SHARE, seed=seed))
        if not learnable:
            return {"beats": report["comparison"]["beats"]}
        fresh = sample(FRESH)
        answers = predict(folder, fresh)
    error = numpy.array([float(row[0]) for row in answers]) - mean(fresh)
    truth = float(numpy.sqrt((error ** 2).mean() + noise ** 2))
    score = report["test_scores"][0]
    return {"rmse": score["low"] <= truth <= score["high"]}


def main():
    work = [(binary, seed, True) for seed in range(PROBLEMS // 2)] + [(regression, seed, True) for seed in range(PROBLEMS // 2)]
    work += [(binary, seed, False) for seed in range(PROBLEMS // 2)] + [(regression, seed, False) for seed in range(PROBLEMS // 2)]
    counts = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (make, _, learnable), result in zip(work, pool.map(lambda one: one[0](*one[1:]), work)):
            for name, hit in result.items():
                name = f"{name}: interval covers the truth" if learnable else f"{'roc_auc' if make is binary else 'rmse'}: claims to beat the baseline where nothing can be learnt"
                hits, rows = counts.get(name, (0, 0))
                counts[name] = (hits + bool(hit), rows + 1)
    bad = False
    print("| what | share | problems | must |\n|---|---|---|---|")
    for name, (hits, rows) in counts.items():
        low, high = (0.93, 0.97) if "covers" in name else (0.0, 0.035)
        bad |= not low <= hits / rows <= high
        print(f"| {name} | {100 * hits / rows:.1f} % | {rows} | {100 * low:.0f} to {100 * high:.1f} % |")
    return 3 if bad else 0


sys.exit(main())
