"""The fixtures of this room are plain functions in ``handmade``, found beside the tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
