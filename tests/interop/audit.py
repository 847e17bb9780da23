"""Checks an exported audit chain with the standard library alone."""
import hashlib
import json
import sys

previous, expected = "0" * 64, 1
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    hashed = {name: record[name] for name in ("seq", "at", "person", "action", "subject", "detail")}
    # RFC 8785 for strings and whole numbers: sorted names, no blanks, characters as they are.
    text = json.dumps(hashed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256((previous + text).encode()).hexdigest()
    if record["seq"] != expected or record["previous"] != previous or record["hash"] != digest:
        sys.exit(f"record {expected} breaks the chain")
    previous, expected = digest, expected + 1
print(f"{expected - 1} {previous}")
