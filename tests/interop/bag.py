"""Unzips a package and lets Python's `bagit` validate it: nothing of ours takes part."""

import sys
import tempfile
import zipfile
from pathlib import Path

import bagit


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(sys.argv[1]) as archive:
            archive.extractall(folder)
        (top,) = Path(folder).iterdir()
        bag = bagit.Bag(str(top))
        bag.validate()
        assert bag.version == "1.0", bag.version
        assert "sha256" in bag.algorithms, bag.algorithms
        print(f"{top.name}: {len(list(bag.payload_files()))} payload files")


main()
