"""The dense network 30-64-64-1 with relu, logistic loss, adam 1e-3, batch 128, 20 epochs. Usage: network.py FOLDER torch|sklearn."""
import sys
import time
import warnings
from pathlib import Path

import numpy

from common import report

warnings.filterwarnings("ignore")
folder, peer = Path(sys.argv[1]), sys.argv[2]
y = numpy.fromfile(folder / "y.f32", dtype=numpy.float32)
x = numpy.fromfile(folder / "x.f32", dtype=numpy.float32).reshape(len(y), -1)

if peer == "torch":
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    net = torch.nn.Sequential(torch.nn.Linear(30, 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    loss_of = torch.nn.BCEWithLogitsLoss()
    inputs, targets = torch.from_numpy(x), torch.from_numpy(y)[:, None]
    begin = time.perf_counter()
    for _ in range(20):
        order = torch.randperm(len(y))
        for start in range(0, len(y), 128):
            rows = order[start : start + 128]
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(net(inputs[rows]), targets[rows])
            loss.backward()
            optimizer.step()
    seconds = time.perf_counter() - begin
    with torch.no_grad():
        quality = float(loss_of(net(inputs), targets))
    version = torch.__version__.split("+")[0]
else:
    import sklearn
    from sklearn.metrics import log_loss
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier((64, 64), alpha=0, batch_size=128, learning_rate_init=1e-3, max_iter=20, n_iter_no_change=1000, tol=0, random_state=1)
    begin = time.perf_counter()
    net.fit(x, y.astype(int))
    seconds = time.perf_counter() - begin
    quality = log_loss(y, net.predict_proba(x))
    version = sklearn.__version__
report("network", seconds, "s", version)
report("network quality", quality, "log loss", version)
