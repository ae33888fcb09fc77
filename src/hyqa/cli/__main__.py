"""Runs the command as ``python -m hyqa.cli``."""

import sys

from hyqa.cli.command import main

sys.exit(main())
