"""A disk that forgets what was not synced, at each sync of a build, a switch and a rollback."""

import os
import shutil
from pathlib import Path

from benchmarks.index_versions import Tally, version_in_force, write_version
from hyqa import HashEncoder, HyqaError, build_index, rollback


class Disk:
    """What a disk holds for sure of a folder: files and entries of folders as they were synced."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._contents: dict[int, bytes] = {}
        self._entries: dict[int, dict[str, int]] = {}
        for path in [root, *root.rglob("*")]:
            self._take(path)

    def sync(self, descriptor: int) -> None:
        """Take up what a sync makes sure of."""
        self._take(Path(f"/proc/self/fd/{descriptor}").readlink())

    def _take(self, path: Path) -> None:
        number = path.stat().st_ino
        if path.is_dir():
            self._entries[number] = {one.name: one.stat().st_ino for one in path.iterdir()}
        else:
            self._contents[number] = path.read_bytes()

    def after_power_loss(self, folder: Path) -> None:
        """Write what is left of it into a folder."""
        self._write(folder, self.root.stat().st_ino)

    def _write(self, folder: Path, number: int) -> None:
        folder.mkdir()
        for name, entry in self._entries.get(number, {}).items():
            if entry in self._entries:
                self._write(folder / name, entry)
            else:  # of a file that was never synced, nothing but its name is sure
                (folder / name).write_bytes(self._contents.get(entry, b""))


def lose_power(folder: Path) -> Tally:
    """Drop what is not synced, at each sync of a build, a switch and a rollback."""
    corpus, root, tally = folder / "corpus", folder / "index", Tally()
    write_version(corpus, 1)
    build_index(corpus, root, HashEncoder())
    write_version(corpus, 2)
    disk, real = Disk(root), os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        for _ in ("before it", "after it"):
            image = folder / "image"
            disk.after_power_loss(image)
            try:
                version_in_force(image)
            except (HyqaError, AssertionError) as error:
                tally.wrong.append(f"sync {tally.tried}: {error}")
            shutil.rmtree(image)
            disk.sync(descriptor)
        tally.tried += 1

    os.fsync = fsync  # type: ignore[assignment]
    try:
        build_index(corpus, root, HashEncoder())
        rollback(root)
    finally:
        os.fsync = real
    return tally
