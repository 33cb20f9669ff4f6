#!/usr/bin/env python3
"""Derives the polynomial coefficients of compiler/kernel/elementary_coefficients.h and prints that file.

Each function is reduced to a short interval by the expansions in compiler/kernel/elementary_*.cpp; what remains smooth there
is interpolated at Chebyshev nodes in 400 bits, which is within a small factor of the best polynomial. The largest relative
error of the approximation, with coefficients rounded as they are used, is measured on a fine grid and stands beside it.

    python3 tools/coefficients/coefficients.py > compiler/kernel/elementary_coefficients.h      (needs mpmath)
"""
from mpmath import mp, mpf, cos, sin, exp, expm1, log, pi, atan, sinh, erf, erfc, sqrt, tan, chop

mp.prec = 400


def interpolate(function, low, high, degree):
    """Coefficients (ascending) of the polynomial through `function` at the Chebyshev nodes of [low, high]."""
    count = degree + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    values = [function(x) for x in nodes]
    # Newton's divided differences, then to powers of x.
    table = values[:]
    for level in range(1, count):
        for i in range(count - 1, level - 1, -1):
            table[i] = (table[i] - table[i - 1]) / (nodes[i] - nodes[i - level])
    result = [mpf(0)] * count
    for i in range(count - 1, -1, -1):
        shifted = [mpf(0)] + result[:-1]
        result = [s - nodes[i] * r for s, r in zip(shifted, result)]
        result[0] += table[i]
    return result


def rounded(x):
    """The float64 nearest to x, exactly."""
    with mp.workprec(53):
        near = +x
    return near


def largest_error(coefficients, function, low, high):
    """The largest |p(x) - f(x)| on a grid, in bits: -log2."""
    worst = mpf(0)
    for i in range(301):
        x = low + (high - low) * i / 300
        value = mpf(0)
        for c in reversed(coefficients):
            value = value * x + c
        worst = max(worst, abs(value - function(x)))
    return -log(worst, 2)


def text(x):
    return float(x).hex()


def emit(name, comment, function, low, high, degree, tails=0):
    """`tails`: how many of the lowest coefficients get a second float64 for what the first leaves."""
    exact = interpolate(function, low, high, degree)
    heads = [rounded(c) for c in exact]
    rests = [rounded(c - h) for c, h in zip(exact, heads)]
    used = [h + (rests[i] if i < tails else 0) for i, h in enumerate(heads)]
    bits = largest_error(used, function, low, high)
    print(f"/// {comment}; absolute error below 2^-{int(bits)}.")
    print(f"inline constexpr double {name}[] = {{{', '.join(text(h) for h in heads)}}};")
    if tails:
        print(f"inline constexpr double {name}_tails[] = {{{', '.join(text(r) for r in rests[:tails])}}};")


def constant(name, comment, value, parts=3, head_bits=None):
    """A constant as a sum of float64 numbers; the first cut to `head_bits` so that products with small integers are exact."""
    pieces = []
    rest = value
    for i in range(parts):
        if i == 0 and head_bits:
            with mp.workprec(head_bits):
                piece = +rest
        else:
            piece = rounded(rest)
        pieces.append(piece)
        rest = rest - piece
    print(f"/// {comment}.")
    print(f"inline constexpr double {name}[] = {{{', '.join(text(p) for p in pieces)}}};")


def series_exp(r, order):
    """(e^r - its Taylor polynomial below r^order) / r^order."""
    total, term = mpf(0), mpf(1)
    for i in range(1, order + 1):
        term /= i
    n = order
    while abs(term) > mpf(2) ** -200:
        total += term
        n += 1
        term = term * r / n
    return total


def odd_series(z, terms):
    """sum of terms(k) z^k until it no longer counts."""
    total, power, k = mpf(0), mpf(1), 0
    while k < 400:
        total += terms(k) * power
        power *= z
        k += 1
        if abs(power) < mpf(2) ** -200:
            break
    return total


def factorial(n):
    result = mpf(1)
    for i in range(2, n + 1):
        result *= i
    return result


def scaled_erfc(x):
    return exp(x * x) * erfc(x)


def main():
    half = log(2) / 2 * mpf("1.0001")
    print("#pragma once\n")
    print("/// Made by tools/coefficients/coefficients.py, which says how. Ascending powers.")
    print("// clang-format off")
    print("namespace mlw::kernel::coefficients {\n")
    constant("log_of_2", "The natural logarithm of 2, the first part with 32 bits", log(2), 4, 32)
    constant("log_of_2_rounded", "The natural logarithm of 2", log(2), 2)
    constant("log2_of_e", "1 / log(2)", 1 / log(2), 2)
    constant("log10_of_e", "1 / log(10)", 1 / log(10), 2)
    constant("log10_of_2", "log10(2), the first part with 32 bits", log(2) / log(10), 3, 32)
    constant("log_of_10", "log(10)", log(10), 2)
    constant("half_pi", "pi / 2", pi / 2, 3)
    constant("quarter_pi", "pi / 4", pi / 4, 2)
    constant("two_over_root_pi", "2 / sqrt(pi)", 2 / sqrt(pi), 2)
    print("/// Bits of 2 / pi, 24 in each word, the first word worth 2^-24.")
    words = []
    rest = 2 / pi
    mp.prec = 1400
    rest = 2 / pi
    for _ in range(52):
        rest *= 2**24
        word = int(rest)
        words.append(str(word))
        rest -= word
    mp.prec = 400
    print(f"inline constexpr double two_over_pi_words[] = {{{', '.join(words)}}};")
    emit("exp_quick", "(e^r - 1 - r) / r^2 for |r| <= log(2) / 2", lambda r: series_exp(r, 2), -half, half, 10)
    emit("exp_careful", "(e^r - 1 - r - r^2 / 2) / r^3 for |r| <= log(2) / 2", lambda r: series_exp(r, 3), -half, half, 12, 2)
    emit("exp2_quick", "(2^r - 1) / r for |r| <= 1/2", lambda r: log(2) * series_exp(r * log(2), 1), mpf(-0.5001), mpf(0.5001), 11)
    top = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.001")
    logarithm = lambda z: odd_series(z, lambda k: 2 / mpf(2 * k + 3))
    emit("log_quick", "(log((1 + s) / (1 - s)) - 2 s) / s^3 in z = s^2 for 1/sqrt(2) <= (1 + s) / (1 - s) <= sqrt(2)", logarithm, mpf(0), top, 9)
    emit("log_careful", "the same with tails", logarithm, mpf(0), top, 11, 3)
    quarter = (pi / 4) ** 2 * mpf("1.001")
    emit("sin_quick", "(sin(r) - r) / r^3 in z = r^2 for |r| <= pi / 4", lambda z: odd_series(z, lambda k: (-1) ** (k + 1) / factorial(2 * k + 3)), mpf(0), quarter, 6)
    emit("cos_quick", "(cos(r) - 1 + r^2 / 2) / r^4 in z = r^2 for |r| <= pi / 4", lambda z: odd_series(z, lambda k: (-1) ** k / factorial(2 * k + 4)), mpf(0), quarter, 6)
    atan_top = tan(pi / 8) ** 2 * mpf("1.001")
    emit("atan_quick", "(atan(t) - t) / t^3 in z = t^2 for |t| <= tan(pi / 8)", lambda z: odd_series(z, lambda k: (-1) ** (k + 1) / mpf(2 * k + 3)), mpf(0), atan_top, 15)
    emit("sinh_quick", "(sinh(x) - x) / x^3 in z = x^2 for |x| <= 1", lambda z: odd_series(z, lambda k: 1 / factorial(2 * k + 3)), mpf(0), mpf(1), 7)
    emit("erf_near", "(erf(x) / x - 2 / sqrt(pi)) / x^2 in z = x^2 for |x| <= 1", lambda z: odd_series(z, lambda k: 2 / sqrt(pi) * (-1) ** (k + 1) / (factorial(k + 1) * (2 * k + 3))), mpf(0), mpf(1), 12, 2)
    emit("erfc_far", "e^(x^2) erfc(x) in u = (x - 2.5) / (x + 2.5) for 1 <= x <= 6", lambda u: scaled_erfc(mpf("2.5") * (1 + u) / (1 - u)), (mpf(1) - mpf("2.5")) / mpf("3.5"), (mpf(6) - mpf("2.5")) / mpf("8.5"), 22)
    print("\n}  // namespace mlw::kernel::coefficients")


main()
