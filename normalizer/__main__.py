"""``python -m normalizer``: the command without its script."""

from __future__ import annotations

import sys

from normalizer.cli import main

sys.exit(main())
