"""Uploads with tuspy, a tus client that is not ours, and reads what the endpoint says of it."""

import hashlib
import io
import json
import subprocess
import sys
import urllib.error
import urllib.request
import uuid

from tusclient import client

URL, ACCOUNT, PASSWORD = sys.argv[1:4]
UNIT = "青岛海洋装备研究院"


def call(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(
        URL + path, method=method, headers=headers,
        data=json.dumps(body).encode() if body is not None else None,
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def sm3(content: bytes) -> str:
    out = subprocess.run(["openssl", "dgst", "-sm3", "-r"], input=content, capture_output=True, check=True)
    return out.stdout.split()[0].decode()


def main() -> None:
    status, login = call("POST", "/v1/login", {"account": ACCOUNT, "password": PASSWORD})
    assert status == 200, login
    token = login["token"]
    content = bytes(range(256)) * 20_000
    digest = hashlib.sha256(content).hexdigest()
    package = str(uuid.uuid4())
    manifest = {
        "format": "luguo.manifest/1", "package_id": package, "declaration_id": str(uuid.uuid4()),
        "name": "tus", "unit": UNIT, "revision": 1, "revision_digest": digest, "audit_head": "0" * 64,
        "files": [{
            "path": f"data/blobs/{digest}", "name": "content.bin", "sha256": digest,
            "sm3": sm3(content), "size": len(content),
        }],
    }
    status, answer = call("PUT", f"/v1/packages/{package}", manifest, token)
    assert status == 200 and answer["missing"] == [digest], answer

    tus = client.TusClient(URL + "/v1/uploads", headers={"Authorization": f"Bearer {token}"})
    uploader = tus.uploader(
        file_stream=io.BytesIO(content), chunk_size=1_000_000,
        metadata={"sha256": digest, "package_id": package},
    )
    uploader.upload_chunk()
    assert uploader.offset == 1_000_000, uploader.offset
    uploader.upload()

    status, answer = call("PUT", f"/v1/packages/{package}", manifest, token)
    assert status == 200 and answer["missing"] == [], answer
    status, refusal = call("POST", f"/v1/packages/{package}/commit", None, token)
    assert status == 422 and refusal["code"] == "rejected.manifest", refusal
    print("tuspy: uploaded, verified, and the incomplete package refused")


main()
