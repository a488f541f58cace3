"""Notebook filter of notebooks/_quarto.yml: gives Quarto what is made for each format.

Quarto runs it with the Python that executes the notebooks, the notebook on standard input.
"""

import json
import sys

from reporting.documents.quarto.notebook import notebook_for_quarto

notebook = json.loads(sys.stdin.buffer.read())
made = notebook_for_quarto(notebook, ("html", "pdf", "docx"))
sys.stdout.write(json.dumps(made))
