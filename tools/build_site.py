"""Builds the documentation site: python tools/build_site.py [FOLDER], which is build/site if left out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from documentation.site import ROOT, build

if __name__ == "__main__":
    try:
        print(build(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "build" / "site"))
    except subprocess.CalledProcessError:
        sys.exit("the site cannot be built without a warning; see above")
