"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A slow machine is not a failure: no test depends on the clock.
settings.register_profile("concord", deadline=None)
settings.load_profile("concord")
