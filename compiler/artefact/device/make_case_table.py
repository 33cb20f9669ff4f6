#!/usr/bin/env python3
"""Writes case_table.h: the simple case mappings of Unicode as runs of code points that move by the same distance.

Run it again to move to another version of Unicode (that of the Python at hand): make_case_table.py > case_table.h
"""
import unicodedata


def simple_lower(point):
    if point == 0x130:  # its full mapping is two characters; the simple one is i
        return ord("i")
    text = chr(point).lower()
    return ord(text) if len(text) == 1 else point


def simple_upper(point):
    for text in (chr(point).upper(), chr(point).title()):  # where the full mapping is longer, the title case is the simple one
        if len(text) == 1:
            return ord(text)
    return point


def runs(mapping):
    """(first, last, step, distance): every step-th code point of the run moves by the distance."""
    changed = [(point, mapping(point) - point) for point in range(0x80, 0x110000)
               if not 0xD800 <= point <= 0xDFFF and mapping(point) != point]
    found = []
    for point, distance in changed:
        if found:
            first, last, step, same = found[-1]
            if same == distance and point - last in ((1, 2) if first == last else (step,)):
                found[-1] = (first, point, point - last, same)
                continue
        found.append((point, point, 1, distance))
    return found


def table(name, mapping):
    print(f"static const struct mlw_case_range {name}[] = {{")
    for first, last, step, distance in runs(mapping):
        print(f"    {{0x{first:x}, 0x{last:x}, {step}, {distance}}},")
    print("};")


print(f"""#pragma once

// Made by make_case_table.py from Unicode {unicodedata.unidata_version}. ASCII is left out: it is handled by arithmetic.

#include <stdint.h>

struct mlw_case_range {{
  uint32_t first, last, step;
  int32_t distance;
}};
""")
print("// clang-format off")
table("mlw_to_lower", simple_lower)
print()
table("mlw_to_upper", simple_upper)
print("// clang-format on")
