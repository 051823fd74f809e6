"""Runs programs one after the other in one process, each as `python request.py` would.

python run_python.py RESULTS PROGRAM...
"""

import contextlib
import io
import json
import os
import runpy
import sys

results, *files = sys.argv[1:]
environment = dict(os.environ)
ended = []
for file in files:
    threw = ""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(file, run_name="__main__")
    except Exception as error:
        threw = f"{type(error).__name__}: {error}"
    # A lesson's program takes the key away.
    os.environ.update(environment)
    ended.append({"threw": threw, "printed": printed.getvalue()})
with open(results, "w", encoding="utf-8") as file:
    json.dump(ended, file)
