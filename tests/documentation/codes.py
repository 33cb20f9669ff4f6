"""Every page of a diagnostic says what is wrong, why it matters and what to do, with the values of its example; the example
that breaks the rule gives exactly this diagnostic, and the mended one none."""
import re
import sys

import examples

wrong = []


def expect(code, what, holds, shown=""):
    if not holds:
        wrong.append(f"{code}: {what}{': ' if shown else ''}{shown}")


def said(found):
    return "; ".join(f"{fact['code']} {fact['message']}" for fact in found)


def check(page):
    code = page["code"]
    for part in ("message", "explain"):
        expect(code, f"no {part}", page[part])
    for part in ("message", "reason", "help", "explain"):
        expect(code, f"a raw name in {part}", not re.search(r"\{[a-z_]+\}", page[part]), page[part])
    expect(code, "does not say what to do", page["help"])
    expect(code, "an example without its mended form", len(page["wrong"]) == len(page["right"]))
    for text in page["wrong"]:
        # T117 is about what is left out.
        text = text + "\n" if code == "T117" else examples.whole(text)
        command = "check"
        status, found = examples.diagnostics(text)
        if all(fact["code"] != code for fact in found):
            command = "run"
            status, found = examples.diagnostics(text, command)
        same = [fact for fact in found if fact["code"] == code]
        expect(code, "the wrong example gives", same, said(found))
        expect(code, "the page's message is not the example's",
               any(fact["message"] == page["message"] for fact in same), said(same))
        status, found = examples.diagnostics(examples.whole(page["right"][0]), command)
        expect(code, "the right example gives", status == 0 and not found, said(found))


pages = [page for page in examples.pages() if "code" in page]
for page in pages:
    check(page)
shown = [page["code"] for page in pages if page["wrong"]]
if len(pages) < 100 or len(shown) < 80:
    wrong.append(f"only {len(shown)} examples on {len(pages)} pages")
# Whatever can be shown in text is: rules of the text and of the data, and what is wrong with them.
for page in pages:
    if page["code"][0] in "STM" and not page["wrong"] and page["code"] not in sys.argv[1:]:
        wrong.append(f"{page['code']}: no example")
if wrong:
    print("\n".join(wrong))
sys.exit(1 if wrong else 0)
