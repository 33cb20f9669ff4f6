"""The expression of bench/expressions.cpp in NumPy and numexpr: ten operations over five float32 columns of 10 million rows."""
import numexpr
import numpy

from common import best_of, report

ROWS = 10_000_000
generator = numpy.random.default_rng(7)
a, b, c, d, e = (generator.random(ROWS, dtype=numpy.float32) * 16 - 8 for _ in range(5))
half, one = numpy.float32(0.5), numpy.float32(1)


def with_numpy():
    return numpy.maximum((a * b + c) * half - d, e / (a * a + one)) + numpy.abs(c)


def with_numexpr():
    return numexpr.evaluate("where((a * b + c) * half - d > e / (a * a + one), (a * b + c) * half - d, e / (a * a + one)) + abs(c)")


report("expression numpy", best_of(with_numpy, 15), "s", numpy.__version__)
report("expression numexpr", best_of(with_numexpr, 15), "s", numexpr.__version__)
