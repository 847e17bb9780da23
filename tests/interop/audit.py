"""Checks an exported audit chain with the standard library alone."""
import hashlib
import json
import sys

previous, expected, hashes = "0" * 64, 1, {}
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if "signed_head" in record:
        head = record["signed_head"]
        if hashes.get(head["seq"]) != head["hash"]:
            sys.exit(f"signed head {head['seq']} breaks the chain")
        # What was signed, for a program that knows SM2.
        signed = {name: head[name] for name in ("at", "hash", "occasion", "seq", "subject")}
        text = json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if len(sys.argv) > 2:
            with open(f"{sys.argv[2]}/{head['seq']}.message", "wb") as out:
                out.write(text.encode())
            with open(f"{sys.argv[2]}/{head['seq']}.signature", "wb") as out:
                out.write(bytes.fromhex(head["signature"]))
            with open(f"{sys.argv[2]}/certificate.pem", "w", encoding="ascii") as out:
                out.write(head["certificate_pem"])
        continue
    hashed = {name: record[name] for name in ("seq", "at", "person", "action", "subject", "detail")}
    # RFC 8785 for strings and whole numbers: sorted names, no blanks, characters as they are.
    text = json.dumps(hashed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.new(record["algorithm"], (previous + text).encode()).hexdigest()
    if record["seq"] != expected or record["previous"] != previous or record["hash"] != digest:
        sys.exit(f"record {expected} breaks the chain")
    hashes[expected] = digest
    previous, expected = digest, expected + 1
print(f"{expected - 1} {previous}")
