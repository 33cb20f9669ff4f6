"""What is measured: the data of each bench, its programs, and the ratios that must be reached."""
import numpy


def logistic_data(folder):
    """100,000 rows × 50 inputs, a noisy linear truth, and five folds."""
    if (folder / "fold.i32").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    generator = numpy.random.default_rng(7)
    x = generator.standard_normal((100_000, 50)).astype(numpy.float32)
    x[:, 1:] += 0.4 * x[:, :-1]
    weights = generator.standard_normal(50) * (generator.random(50) < 0.5)
    y = (generator.random(100_000) < 1 / (1 + numpy.exp(-(0.5 * x @ weights - 0.3)))).astype(numpy.float32)
    x.tofile(folder / "x.f32")
    y.tofile(folder / "y.f32")
    generator.permutation(numpy.arange(100_000, dtype=numpy.int32) % 5).astype(numpy.int32).tofile(folder / "fold.i32")


def network_data(folder):
    """50,000 rows × 30 inputs, a truth that no line can follow."""
    if (folder / "y.f32").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    generator = numpy.random.default_rng(8)
    x = generator.standard_normal((50_000, 30)).astype(numpy.float32)
    hidden = numpy.tanh(x @ generator.standard_normal((30, 12)) / 3)
    score = hidden @ generator.standard_normal(12) * 2
    y = (generator.random(50_000) < 1 / (1 + numpy.exp(-score))).astype(numpy.float32)
    x.tofile(folder / "x.f32")
    y.tofile(folder / "y.f32")


def benches(data):
    logistic_data(data / "logistic")
    network_data(data / "network")
    return {
        "expressions": {
            "ours": ["bench_expressions"], "peer": ["expressions.py"],
            "rows": [
                {"name": "expression of ten operations, 5 × 10 million float32", "ours": "expression", "theirs": "expression numpy", "peer_name": "NumPy", "must": 5.0},
                {"name": "expression of ten operations, 5 × 10 million float32", "ours": "expression", "theirs": "expression numexpr", "peer_name": "numexpr", "must": 1.5},
                {"name": "the same, into fresh memory", "ours": "expression fresh", "theirs": "expression numpy", "peer_name": "NumPy", "must": None},
            ],
        },
        "bandwidth": {
            "ours": ["bench_expressions"], "peer": None,
            "rows": [{"name": "the same, share of a plain streaming kernel's bandwidth", "ours": "expression bandwidth", "theirs": "streaming bandwidth",
                      "peer_name": "streaming kernel", "faster": "higher", "must": 0.7}],
        },
        "csv": {
            "ours": ["bench_csv"], "peer": None, "rounds": 3,
            "rows": [
                {"name": "1 GB of CSV into columns", "ours": "csv columns", "theirs": "csv duckdb table", "peer_name": "DuckDB", "must": 1 / 1.15},
                {"name": "peak memory of it, over the columns' size", "ours": "csv peak memory", "theirs": "csv columns size", "peer_name": "columns", "must": 1 / 1.3},
            ],
        },
        "linear": {
            "ours": ["bench_linear", data / "logistic"], "peer": ["logistic.py", data / "logistic"], "rounds": 3,
            "rows": [{"name": "logistic, 5 folds × 30 l2, 100,000 × 50", "ours": "logistic path", "theirs": "logistic path", "peer_name": "scikit-learn", "must": 10.0, "quality": 1e-4}],
        },
        "network": {
            "ours": ["bench_network", data / "network"], "peer": ["network.py", data / "network", "torch"], "rounds": 3,
            "rows": [{"name": "network 30-64-64-1, 50,000 rows, 20 epochs", "ours": "network", "theirs": "network", "peer_name": "PyTorch", "must": 4.0, "quality": 0.02}],
        },
        "network-sklearn": {
            "ours": ["bench_network", data / "network"], "peer": ["network.py", data / "network", "sklearn"], "rounds": 3,
            "rows": [{"name": "network 30-64-64-1, 50,000 rows, 20 epochs", "ours": "network", "theirs": "network", "peer_name": "scikit-learn MLP", "must": 8.0, "quality": 0.02}],
        },
        "predictor": {
            "ours": ["bench_predictor"], "peer": ["predictor.py"],
            "rows": [{"name": "one row, 30-64-64-1", "ours": "one row", "theirs": "one row", "peer_name": "ONNX Runtime, bound", "must": None}],
        },
        "predictor-roof": {
            "ours": ["bench_predictor"], "peer": None,
            "rows": [{"name": "one row with preparation, against reading its weights once", "ours": "one row prepared", "theirs": "weights once", "peer_name": "L1/L2 read", "must": 0.5}],
        },
        "codegen": {
            "ours": ["bench_codegen"], "peer": None,
            "rows": [
                {"name": "code for one trial, cold", "ours": "codegen cold", "theirs": "codegen cold limit", "peer_name": "limit", "must": 1.0},
                {"name": "code for one trial, from the cache", "ours": "codegen cached", "theirs": "codegen cached limit", "peer_name": "limit", "must": 1.0},
            ],
        },
    }


def processes(root, binaries, data):
    """(name, command, what to run once before, limit in milliseconds)"""
    mlwc, wine = binaries / "mlwc", root / "examples/wine/wine.mlw"
    return [
        ("mlwc --version", [mlwc, "--version"], None, 15),
        ("mlwc fmt --check, a small file", [mlwc, "fmt", "--check", wine], None, 15),
        ("mlwc check without data", [mlwc, "check", "--no-data", wine], None, 20),
        ("mlwc check with a cached profile", [mlwc, "check", wine], [mlwc, "check", wine], 60),
        ("mlwc run, nothing changed", [mlwc, "run", "--quiet", wine], [mlwc, "run", "--quiet", wine], 150),
    ]
