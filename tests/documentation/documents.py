"""Every block of mlw in a document goes through `check` without a complaint; one that is marked with a code gives it. Every
block says what it is, so that none is overlooked."""
import pathlib
import re
import sys

import examples

known = {"mlw", "sh", "text"}
wrong = []


def blocks(path):
    """(line, words behind the fence, text) of each block."""
    fence = start = None
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            if fence is None:
                fence, start, text = line[3:].split(), number, []
            else:
                yield start, fence, "\n".join(text) + "\n"
                fence = None
        elif fence is not None:
            text.append(line)
        elif line.startswith("    ") and (number < 2 or not lines[number - 2].strip()):
            wrong.append(f"{path}:{number}: a block without a fence: ```mlw, ```sh or ```text tell what it is")
    if fence is not None:
        wrong.append(f"{path}:{start}: a fence that is never closed")


count = 0
for name in sys.argv[1:]:
    for line, fence, text in blocks(pathlib.Path(name)):
        if not fence or fence[0] not in known:
            wrong.append(f"{name}:{line}: it does not say what it is: {' '.join(fence)}")
            continue
        if fence[0] != "mlw":
            continue
        count += 1
        status, found = examples.diagnostics(examples.whole(text))
        codes = {fact["code"] for fact in found}
        if codes != set(fence[1:]) or (status != 0) != any(fact["severity"] == "error" for fact in found):
            said = "; ".join(f"{fact['code']} line {fact.get('line')}: {fact['message']}" for fact in found)
            wrong.append(f"{name}:{line}: {status} {said or 'nothing is said'}")
if count < 10:
    wrong.append(f"only {count} blocks of mlw")
if wrong:
    print("\n".join(wrong))
sys.exit(1 if wrong else 0)
