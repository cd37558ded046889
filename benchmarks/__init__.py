"""Speed and accuracy, measured by hand or by one command."""

import os

# As the command does, and before any benchmark imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
