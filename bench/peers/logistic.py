"""scikit-learn's LogisticRegressionCV over 30 strengths of l2 and 5 folds. Usage: logistic.py FOLDER (x.f32, y.f32, fold.i32 in it)."""
import sys
import time
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import LogisticRegressionCV

from common import report

warnings.filterwarnings("ignore")
folder = Path(sys.argv[1])
y = numpy.fromfile(folder / "y.f32", dtype=numpy.float32)
x = numpy.fromfile(folder / "x.f32", dtype=numpy.float32).reshape(len(y), -1)
fold = numpy.fromfile(folder / "fold.i32", dtype=numpy.int32)
l2 = numpy.logspace(-6, 1, 30)
rows = len(y) * 0.8
splits = [(numpy.flatnonzero(fold != k), numpy.flatnonzero(fold == k)) for k in range(5)]
# The same objective as ours: mean log loss + l2 / 2 |w|^2, so C = 1 / (l2 * rows).
model = LogisticRegressionCV(Cs=1 / (l2 * rows), cv=splits, scoring="neg_log_loss", solver="lbfgs", tol=1e-4, max_iter=1000, refit=False)
begin = time.perf_counter()
model.fit(x.astype(numpy.float64), y)
seconds = time.perf_counter() - begin
scores = next(iter(model.scores_.values())) if isinstance(model.scores_, dict) else model.scores_
report("logistic path", seconds, "s", sklearn.__version__)
report("logistic path quality", float(-numpy.asarray(scores).mean(axis=0).max()), "log loss", sklearn.__version__)
