"""Writes the proofs that are kept as examples anew: a proof is one of the rules as they are, and ends with them.

python tools/proofs.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROOFS = {
    "tattoo.json": ["why", "examples/tattoo_too_early.yaml", "252770", "--on", "2018-01-15", "--format", "json"],
}
"""What is asked for each file in ``examples/proofs/``."""


def main() -> None:
    """Ask for each proof and write it."""
    for name, arguments in PROOFS.items():
        program = Path(sys.executable).with_name("pyreco")
        done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, check=True)
        (ROOT / "examples" / "proofs" / name).write_bytes(done.stdout)


if __name__ == "__main__":
    main()
