"""What memory a process takes, as the system counts it."""

from pathlib import Path

PEAK = """
from pathlib import Path
# Unlike getrusage's figure, this one does not begin with the memory of the parent.
(line,) = [l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmHWM")]
print(line.split()[1])
"""
"""What a measured process runs last, to print its peak in KB."""


def memory_of(process: int) -> tuple[float, float]:
    """Measure what a running process holds, and the most that it ever held, in MB.

    Args:
        process: its number.
    """
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    held = dict(line.split(":", 1) for line in lines)
    now, most = (int(held[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most
