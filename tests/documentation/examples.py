"""Runs the examples that pages and documents show: `mlwc check`, and `mlwc run` where only that can tell."""
import json
import os
import re
import shutil
import subprocess


def whole(text):
    """An example as a file: what it leaves out of the task and the data is that of customers.csv."""
    if not re.search(r"^\s*task\b", text, re.M):
        text += "\ntask { predict: left }"
    if not re.search(r"^\s*data\b", text, re.M):
        text += '\ndata { source: csv("customers.csv") }'
    return text + "\n"


def diagnostics(text, command="check"):
    """Exit status and what is said of a whole file."""
    if command == "run":
        shutil.rmtree(".mlw", ignore_errors=True)
    with open("example.mlw", "w", encoding="utf-8") as file:
        file.write(text)
    answer = subprocess.run([os.environ["MLWC"], command, "example.mlw", "--json"], capture_output=True, text=True)
    found = []
    for line in answer.stdout.splitlines():
        try:
            fact = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(fact, dict) and "code" in fact:
            found.append(fact)
    return answer.returncode, found


def pages():
    """Everything that `mlwc explain` knows."""
    answer = subprocess.run([os.environ["MLWC"], "explain", "--all", "--json"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]
