"""``python -m bench.opened FILE ROOMS`` starts an engine on a file, and ends."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.scene import Scene

if __name__ == "__main__":
    Scene(Path(sys.argv[1]), int(sys.argv[2])).close()
