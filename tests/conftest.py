"""What holds for all tests."""

from __future__ import annotations

import os

# As the command does, and before any test imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

# A slow machine is not a failure: no test depends on the clock.
settings.register_profile("concord", deadline=None)
settings.load_profile("concord")
