"""The example of every word of the language goes through `check`: what is built without a complaint, what is not with the
one warning that names the word's stage, and `run` refuses it by the same name."""
import re
import sys

import examples

wrong = []


def check(entry):
    title = f"{entry['family']} {entry['name']}"
    if not entry["example"].strip() or len(entry["explain"]) < 20:
        wrong.append(f"{title}: nothing is said of it")
    if re.search(r"\{[a-z_]+\}", entry["explain"]):
        wrong.append(f"{title}: a raw name in its page")
    if entry["example"].strip() not in re.sub(r"(?m)^  ", "", entry["explain"]):
        wrong.append(f"{title}: its page does not show its example")
    text = examples.whole(entry["example"])
    status, found = examples.diagnostics(text)
    others = [fact for fact in found if fact["code"] != "T105"]
    if status != 0 or others:
        wrong.append(f"{title}: {entry['example']}{status} {[fact['code'] + ' ' + fact['message'] for fact in others]}")
    unbuilt = [fact for fact in found if fact["code"] == "T105"]
    if not entry["stage"]:
        if unbuilt:
            wrong.append(f"{title}: it is built, and its example is not: {[fact['message'] for fact in unbuilt]}")
        return
    if not any(f"stage `{entry['stage']}`" in fact["message"] and fact["severity"] == "warning" for fact in unbuilt):
        wrong.append(f"{title}: check does not name the stage {entry['stage']}: {[fact['message'] for fact in found]}")
    status, found = examples.diagnostics(text, "run")
    if status != 1 or not any(fact["code"] == "T105" and fact["severity"] == "error" and
                              f"stage `{entry['stage']}`" in fact["message"] for fact in found):
        wrong.append(f"{title}: run does not refuse it by its stage: {status} {[fact['message'] for fact in found]}")


entries = [page for page in examples.pages() if "family" in page]
for entry in entries:
    check(entry)
if len(entries) < 250:
    wrong.append(f"only {len(entries)} entries")
if wrong:
    print("\n".join(wrong))
sys.exit(1 if wrong else 0)
