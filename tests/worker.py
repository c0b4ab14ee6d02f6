"""A worker of pytest-xdist, which is told what to do in the words that follow ``-c``."""

import sys

if __name__ == "__main__":
    exec(sys.argv[-1])
