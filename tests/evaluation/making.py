"""What tests of evaluation write."""

import json
from pathlib import Path


def write_lines(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path
