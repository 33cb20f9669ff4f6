"""One row through the bare network 30-64-64-1 in ONNX Runtime, call to call, inputs and outputs bound. Usage: predictor.py"""
import time

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from common import report

shapes = [(30, 64), (64, 64), (64, 1)]
generator = numpy.random.default_rng(1)
nodes, initializers, last = [], [], "x"
for i, (inputs, outputs) in enumerate(shapes):
    weights = (generator.standard_normal((inputs, outputs)) / numpy.sqrt(inputs)).astype(numpy.float32)
    initializers += [numpy_helper.from_array(weights, f"w{i}"), numpy_helper.from_array(numpy.zeros(outputs, numpy.float32), f"b{i}")]
    nodes.append(helper.make_node("Gemm", [last, f"w{i}", f"b{i}"], [f"z{i}"]))
    last = f"a{i}"
    nodes.append(helper.make_node("Relu" if i < 2 else "Sigmoid", [f"z{i}"], [last]))
graph = helper.make_graph(nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 30])],
                          [helper.make_tensor_value_info(last, TensorProto.FLOAT, [1, 1])], initializers)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
row = onnxruntime.OrtValue.ortvalue_from_numpy(generator.standard_normal((1, 30)).astype(numpy.float32))
binding = session.io_binding()
binding.bind_ortvalue_input("x", row)
binding.bind_output(last)
for _ in range(2000):
    session.run_with_iobinding(binding)
shortest = float("inf")
for _ in range(20):
    begin = time.perf_counter()
    for _ in range(1000):
        session.run_with_iobinding(binding)
    shortest = min(shortest, (time.perf_counter() - begin) / 1000)
report("one row", shortest * 1e9, "ns", onnxruntime.__version__)
