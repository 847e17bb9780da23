"""Opens sealed packages as docs/format/sealed.md describes them, with public programs alone:
asn1crypto, cryptography and the OpenSSL command line (SM2).

    sealed.py kit FOLDER                              file and verdict of every package of a kit
    sealed.py open PACKAGE KEY PASSWORD CARD KNOWN    verdict, then name and SM3 of each content
    sealed.py envelope CARD CONTENT OUT               an envelope for a card
"""

import hashlib
import hmac
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib
from datetime import timezone
from pathlib import Path

from asn1crypto import core, parser as asn1_parser, x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

SEGMENT, TAG = 65536, 16
GM = "1.2.156.10197."
DATA, SIGNED, ENVELOPED = (f"{GM}6.1.4.2.{n}" for n in (1, 2, 3))
SM3, SM4_CBC, SM2_SIGN, SM2_SM3 = (GM + end for end in ("1.401", "1.104.2", "1.301.1", "1.501"))
SM2_ENCRYPT = (GM + "1.301.3", GM + "1.301.2")


class Refused(Exception):
    """Its text is the verdict."""


def ensure(good, verdict):
    if not good:
        raise Refused(verdict)


# --- The messages of GB/T 35275 ---------------------------------------------------------------


class Algorithm(core.Sequence):
    _fields = [("oid", core.ObjectIdentifier), ("parameters", core.Any, {"optional": True})]


class Algorithms(core.SetOf):
    _child_spec = Algorithm


class Content(core.Sequence):
    _fields = [("kind", core.ObjectIdentifier), ("content", core.Any, {"explicit": 0, "optional": True})]


class IssuerAndSerial(core.Sequence):
    _fields = [("issuer", x509.Name), ("serial", core.Integer)]


class Signer(core.Sequence):
    _fields = [
        ("version", core.Integer),
        ("signer", IssuerAndSerial),
        ("digest", Algorithm),
        ("algorithm", Algorithm),
        ("signature", core.OctetString),
    ]


class Signers(core.SetOf):
    _child_spec = Signer


class Cards(core.SetOf):
    _child_spec = x509.Certificate


class SignedData(core.Sequence):
    _fields = [
        ("version", core.Integer),
        ("digests", Algorithms),
        ("content", Content),
        ("cards", Cards, {"implicit": 0}),
        ("signers", Signers),
    ]


class Recipient(core.Sequence):
    _fields = [
        ("version", core.Integer),
        ("card", IssuerAndSerial),
        ("algorithm", Algorithm),
        ("key", core.OctetString),
    ]


class Recipients(core.SetOf):
    _child_spec = Recipient


class Encrypted(core.Sequence):
    _fields = [
        ("kind", core.ObjectIdentifier),
        ("algorithm", Algorithm),
        ("content", core.OctetString, {"implicit": 0}),
    ]


class EnvelopedData(core.Sequence):
    _fields = [("version", core.Integer), ("recipients", Recipients), ("content", Encrypted)]


class Sm2Cipher(core.Sequence):
    _fields = [
        ("x", core.Integer),
        ("y", core.Integer),
        ("digest", core.OctetString),
        ("text", core.OctetString),
    ]


class KeyBlock(core.Sequence):
    _fields = [
        ("version", core.Integer),
        ("package_id", core.OctetString),
        ("key", core.OctetString),
        ("header_sm3", core.OctetString),
    ]


def is_der(encoded):
    """Whether these are values in their shortest encoding, one behind the other."""
    at = 0
    while at < len(encoded):
        tag, header = encoded[at], 2
        if tag & 31 == 31 or at + 2 > len(encoded):
            return False
        length = encoded[at + 1]
        if length & 128:
            header += length & 127
            octets = encoded[at + 2 : at + header]
            length = int.from_bytes(octets, "big")
            if len(octets) != header - 2 or length < 128 or octets[0] == 0:
                return False
        end = at + header + length
        value = encoded[at + header : end]
        number = int.from_bytes(value[:2], "big") >> 7 if len(value) > 1 else 1
        if end > len(encoded) or (tag == 2 and (not value or number in (0, 511))):
            return False
        if tag & 32 and not is_der(value):
            return False
        at = end
    return True


def strict(kind, der, verdict):
    """Reads DER that is the only encoding of its value."""
    try:
        value = kind.load(der, strict=True)
        for name in value if isinstance(value, core.Sequence) else ():
            value[name].dump() if isinstance(value[name], core.Any) else value[name].native
        good = is_der(der)
    except (ValueError, TypeError, OverflowError):
        good = False
    ensure(good, verdict)
    return value


def content_of(outer):
    """What stands in the explicit tag."""
    return asn1_parser.parse(outer["content"].dump(), strict=True)[4]


def inside(kind, wanted, message, verdict):
    outer = strict(Content, message, verdict)
    ensure(outer["kind"].dotted == wanted and not isinstance(outer["content"], core.Void), verdict)
    return strict(kind, content_of(outer), verdict)


def named(algorithm, *oids):
    return algorithm["oid"].dotted in oids and isinstance(algorithm["parameters"], core.Void)


# --- SM2 by OpenSSL ---------------------------------------------------------------------------


def openssl(*arguments, **files):
    """Runs it in a folder with these files; its output, or nothing where it refuses."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None


def verified(card, message, signature):
    return openssl(
        *"pkeyutl -verify -pubin -keyform DER -inkey key -rawin -digest sm3".split(),
        *"-pkeyopt distid:1234567812345678 -in message -sigfile signature".split(),
        key=card["tbs_certificate"]["subject_public_key_info"].dump(),
        message=message,
        signature=signature,
    ) is not None  # fmt: skip


def issued(card, by):
    tbs = card["tbs_certificate"]
    same = card["signature_algorithm"].dump() == tbs["signature"].dump()
    sm2 = card["signature_algorithm"]["algorithm"].dotted == SM2_SM3
    return same and sm2 and verified(by, tbs.dump(), card["signature_value"].native)


def names(card):
    tbs = card["tbs_certificate"]
    return tbs["issuer"].dump(), tbs["subject"].dump()


def issuer_and_serial(card):
    tbs = card["tbs_certificate"]
    return tbs["issuer"].dump() + tbs["serial_number"].dump()


def sm3(content):
    return hashlib.new("sm3", content).digest()


def fingerprint(card):
    return sm3(card.dump()).hex()


def signer_of(message, content, verdict):
    """The card that signed; where `content` is nothing it is inside, and answered too."""
    signed = inside(SignedData, SIGNED, message, verdict)
    inner = signed["content"]
    detached = isinstance(inner["content"], core.Void)
    ensure(detached == (content is not None), verdict)
    ensure(signed["version"].native == 1 and inner["kind"].dotted == DATA, verdict)
    ensure(len(signed["cards"]) == 1 and len(signed["signers"]) == 1, verdict)
    if not detached:
        content = strict(core.OctetString, content_of(inner), verdict).native
    card, signer = signed["cards"][0], signed["signers"][0]
    known = (
        signer["version"].native == 1
        and len(signed["digests"]) == 1
        and named(signed["digests"][0], SM3)
        and named(signer["digest"], SM3)
        and named(signer["algorithm"], SM2_SIGN, SM2_SM3)
    )
    ensure(known and signer["signer"].contents == issuer_and_serial(card), verdict)
    issuer, subject = names(card)
    ensure(issuer != subject or issued(card, card), verdict)
    ensure(verified(card, content, signer["signature"].native), verdict)
    return card, content


# --- The outer file ---------------------------------------------------------------------------


def common(name, crc):
    return struct.pack("<HHHHIIIH", 2048, 0, 0, 33, crc, 2**32 - 1, 2**32 - 1, len(name))


def local(name, size, crc):
    return (
        struct.pack("<IH", 0x04034B50, 45) + common(name, crc) + struct.pack("<H", 20) + name
        + struct.pack("<HHQQ", 1, 16, size, size)
    )  # fmt: skip


def central(name, size, crc, offset):
    return (
        struct.pack("<IHH", 0x02014B50, 45, 45) + common(name, crc) + struct.pack("<H", 28)
        + bytes(10) + struct.pack("<I", 2**32 - 1) + name
        + struct.pack("<HHQQQ", 1, 24, size, size, offset)
    )  # fmt: skip


def tail(count, size, offset):
    return (
        struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
        + struct.pack("<IIQI", 0x07064B50, 0, offset + size, 1)
        + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    )


def members(package):
    """Name and bytes with their CRC-32, in order; the file has the one form or none."""
    fault = "not-a-package"
    end = len(package) - 98
    ensure(end >= 0, fault)
    count, size, offset = struct.unpack_from("<QQQ", package, end + 32)
    ensure(count <= 10_000 and offset + size == end, fault)
    ensure(tail(count, size, offset) == package[end:], fault)
    found, at, following = [], offset, 0
    while at < end:
        ensure(at + 46 <= end, fault)
        crc, length = struct.unpack_from("<I", package, at + 16)[0], struct.unpack_from("<H", package, at + 28)[0]
        ensure(at + 46 + length + 28 <= end, fault)
        name = package[at + 46 : at + 46 + length]
        length, start = struct.unpack_from("<Q8xQ", package, at + 46 + length + 4)[0], following
        entry, head = central(name, length, crc, start), local(name, length, crc)
        ensure(package.startswith(entry, at) and package.startswith(head, start), fault)
        following = start + len(head) + length
        ensure(following <= offset, fault)
        try:
            found.append((name.decode(), package[following - length : following], crc))
        except UnicodeDecodeError:
            raise Refused(fault) from None
        at += len(entry)
    ensure(following == offset and len(found) == count, fault)
    ensure(len({name for name, _, _ in found}) == count, fault)
    return found


def padded(size):
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1 if exponent >= exponent.bit_length() else 0
    return (size + mask) & ~mask


def sealed_size(plain):
    return plain + TAG * max(1, -(-plain // SEGMENT))


def plain_size(sealed):
    plain = sealed - TAG * -(-sealed // (SEGMENT + TAG))
    return plain if plain >= 0 and sealed_size(plain) == sealed else None


# --- Records ----------------------------------------------------------------------------------


def canonical(record):
    """RFC 8785 for strings, lists, objects and whole numbers."""
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def parsed(text, verdict):
    try:
        return json.loads(text.decode())
    except (ValueError, RecursionError):
        raise Refused(verdict) from None


def shaped(record, **fields):
    return (
        type(record) is dict
        and record.keys() == fields.keys()
        and all(type(record[name]) is kind for name, kind in fields.items())
    )


def texts(values):
    return all(type(value) is str for value in values)


def is_hex(text, length):
    return len(text) == 2 * length and all(digit in "0123456789abcdef" for digit in text)


def read_header(text):
    fault = "record"
    header = parsed(text, fault)
    ensure(type(header) is dict and texts(header.get(name) for name in ("format", "suite")), fault)
    ensure(type(header.get("version")) is int and header["format"] == "luguo-sealed", fault)
    ensure(header["version"] == 1, "version")
    ensure(header["suite"] == "SM2-SM3-SM4GCM-STREAM64K", "suite")
    text_fields = dict.fromkeys(("format", "suite", "package_id", "marking", "sealer", "recovery"), str)
    ensure(shaped(header, version=int, created=int, recipients=list, **text_fields), fault)
    ensure(canonical(header) == text and texts(header["recipients"]), fault)
    cards = [*header["recipients"], header["recovery"]]
    ensure(len(cards) >= 2 and len(set(cards)) == len(cards), fault)
    ensure(all(is_hex(card, 32) for card in [*cards, header["sealer"]]), fault)
    ensure(is_hex(header["package_id"], 16) and len(header["marking"]) <= 100, fault)
    return header


# --- Keys -------------------------------------------------------------------------------------


def derive(key, salt, info, length):
    """HKDF with HMAC-SM3; at most one block is needed."""
    secret = hmac.new(salt, key, "sm3").digest()
    return hmac.new(secret, info + b"\x01", "sm3").digest()[:length]


def cbc(key, iv, content):
    decryptor = Cipher(algorithms.SM4(key), modes.CBC(iv)).decryptor()
    try:
        plain = decryptor.update(content) + decryptor.finalize()
        unpadder = PKCS7(128).unpadder()
        return unpadder.update(plain) + unpadder.finalize()
    except ValueError:
        return None


def private_key(der, password):
    """PKCS#8 with PBES2: PBKDF2 with HMAC-SM3, SM4-CBC."""
    algorithm, data = (core.Sequence.load(der)[n] for n in range(2))
    derivation, cipher = (algorithm[1][n] for n in range(2))
    salt, rounds = derivation[1][0].native, derivation[1][1].native
    secret = hashlib.pbkdf2_hmac("sm3", password.encode(), salt, rounds, 16)
    return cbc(secret, cipher[1].native, data.native)


def read_envelope(envelope):
    enveloped = inside(EnvelopedData, ENVELOPED, envelope, "record")
    good = enveloped["version"].native == 1 and enveloped["content"]["kind"].dotted == DATA
    for info in enveloped["recipients"]:
        good = good and info["version"].native == 1 and named(info["algorithm"], *SM2_ENCRYPT)
    ensure(good, "record")
    return enveloped


def open_envelope(enveloped, card, key, fault):
    mine = [info for info in enveloped["recipients"] if info["card"].contents == issuer_and_serial(card)]
    content = enveloped["content"]
    ensure(mine and content["algorithm"]["oid"].dotted == SM4_CBC, fault)
    iv = strict(core.OctetString, content["algorithm"]["parameters"].dump(), fault).native
    ensure(len(iv) == 16, fault)
    # OpenSSL overlooks what stands behind the value.
    sealed = strict(Sm2Cipher, mine[0]["key"].native, fault).dump()
    secret = openssl(
        *"pkeyutl -decrypt -keyform DER -inkey key -in sealed".split(), key=key, sealed=sealed
    )
    ensure(secret is not None and len(secret) == 16, fault)
    plain = cbc(secret, iv, content["content"].native)
    ensure(plain is not None, fault)
    return plain


def open_stream(key, sealed, fault):
    plain, places = [], range(0, max(len(sealed), 1), SEGMENT + TAG)
    for position, at in enumerate(places):
        segment = sealed[at : at + SEGMENT + TAG]
        ensure(len(segment) >= TAG, fault)
        nonce = bytes(7) + struct.pack(">IB", position, position + 1 == len(places))
        decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, segment[-TAG:])).decryptor()
        try:
            plain.append(decryptor.update(segment[:-TAG]) + decryptor.finalize())
        except InvalidTag:
            raise Refused(fault) from None
    return b"".join(plain)


# --- A package --------------------------------------------------------------------------------


def admit(card, trust, at):
    ensure(fingerprint(card) not in trust["revoked"], "card-revoked")
    by = [
        one for one in trust["authorities"] if names(card)[0] == names(one)[1] and issued(card, one)
    ]
    if by:
        ensure(fingerprint(by[0]) not in trust["revoked"], "card-revoked")
    else:
        ensure(card.dump() in [one.dump() for one in trust["cards"]], "card-unknown")
    validity = card["tbs_certificate"]["validity"]
    start, end = (
        validity[name].native.astimezone(timezone.utc).timestamp() for name in ("not_before", "not_after")
    )
    ensure(at >= start, "card-not-yet")
    ensure(at <= end, "card-expired")
    usage = card.key_usage_value
    ensure(usage is None or "digital_signature" in usage.native, "card-usage")


def inspected(package):
    """What anybody can check."""
    found = members(package)
    listed = [name for name, _, _ in found]
    count = len(found) - 7
    ensure(count > 0, "members")
    contents = [f"d/{n:06}" for n in range(1, count + 1)]
    order = ["mimetype", "header.json", "keys.p7m", "header.mac", *contents, "m", "index.json", "seal.p7s"]
    ensure(listed == order, "members")
    for _, sealed, _ in found[4:-3]:
        plain = plain_size(len(sealed))
        ensure(plain is not None and padded(plain) == plain, "members")
    bytes_of = {name: content for name, content, _ in found}
    limits = {"mimetype": 16, "header.json": 16, "keys.p7m": 20, "header.mac": 16, "m": 25, "index.json": 23, "seal.p7s": 20}
    header = None
    for name, content, crc in found:
        if name not in limits:
            continue
        most = 1 << limits[name]
        ensure(len(content) <= most and zlib.crc32(content) == crc, "not-a-package")
        if name == "mimetype":
            ensure(content == b"application/vnd.luguo.sealed+zip", "not-a-package")
        if name == "header.json":
            header = read_header(content)
    index = parsed(bytes_of["index.json"], "record")
    ensure(shaped(index, format=str, package_id=str, members=list), "record")
    ensure(all(shaped(one, name=str, size=int, sm3=str) for one in index["members"]), "record")
    ensure(canonical(index) == bytes_of["index.json"], "record")
    sealer, _ = signer_of(bytes_of["seal.p7s"], bytes_of["index.json"], "seal")
    ensure(fingerprint(sealer) == header["sealer"], "other-sealer")
    ensure(index["format"] == "luguo-sealed-index", "members")
    ensure(index["package_id"] == header["package_id"], "members")
    there = [(name, len(content)) for name, content, _ in found[:-2]]
    ensure([(one["name"], one["size"]) for one in index["members"]] == there, "members")
    digests = {one["name"]: one["sm3"] for one in index["members"]}
    for name in limits.keys() & digests.keys():
        ensure(digests[name] == sm3(bytes_of[name]).hex(), "changed")
    enveloped = read_envelope(bytes_of["keys.p7m"])
    ensure(len(enveloped["recipients"]) == len(header["recipients"]) + 1, "record")
    ensure(len(bytes_of["header.mac"]) == 32, "record")
    for name, content, crc in found[4:-3]:
        ensure(digests[name] == sm3(content).hex() and zlib.crc32(content) == crc, "changed")
    return header, bytes_of, sealer, enveloped, contents


def opened(package, trust, card, key):
    """Header, and the contents with their true names."""
    header, bytes_of, sealer, enveloped, contents = inspected(package)
    admit(sealer, trust, header["created"])
    cards = [*header["recipients"], header["recovery"]]
    ensure(fingerprint(card) in cards, "other-recipient")
    fault = "not-opened"
    block = strict(KeyBlock, open_envelope(enveloped, card, key, fault), fault).native
    package_id, header_sm3 = block["package_id"], sm3(bytes_of["header.json"])
    ensure(block["version"] == 1 and package_id.hex() == header["package_id"], fault)
    ensure(block["header_sm3"] == header_sm3 and len(block["key"]) == 16, fault)
    code = hmac.new(
        derive(block["key"], package_id, b"header", 32), header_sm3 + sm3(bytes_of["keys.p7m"]), "sm3"
    )
    ensure(hmac.compare_digest(code.digest(), bytes_of["header.mac"]), fault)

    def part(number, name):
        info = b"payload" + struct.pack(">Q", number)
        return open_stream(derive(block["key"], package_id, info, 16), bytes_of[name], fault)

    plain = part(0, "m")
    try:
        length = len(core.Any.load(plain).dump())
    except ValueError:
        raise Refused(fault) from None
    ensure(padded(length) == len(plain) and not any(plain[length:]), fault)
    signer, text = signer_of(plain[:length], None, fault)
    manifest = parsed(text, fault)
    good = (
        type(manifest) is dict
        and shaped(
            {name: value for name, value in manifest.items() if name != "about"},
            format=str, package_id=str, header_sm3=str, recipients=list, parts=list,
        )
        and "about" in manifest
        and all(shaped(one, name=str, size=int, sm3=str) for one in manifest["parts"])
        and canonical(manifest) == text
        and signer.dump() == sealer.dump()
        and manifest["format"] == "luguo-sealed-manifest"
        and manifest["package_id"] == header["package_id"]
        and manifest["header_sm3"] == header_sm3.hex()
        and manifest["recipients"] == cards
        and len(manifest["parts"]) == len(contents)
    )  # fmt: skip
    ensure(good, fault)
    for one, name in zip(manifest["parts"], contents):
        ensure(sealed_size(padded(one["size"])) == len(bytes_of[name]), fault)
    found = []
    for number, (one, name) in enumerate(zip(manifest["parts"], contents), 1):
        plain = part(number, name)
        content, zeros = plain[: one["size"]], plain[one["size"] :]
        ensure(not any(zeros) and sm3(content).hex() == one["sm3"], fault)
        found.append((one["name"], content))
    receipt = derive(block["key"], package_id, b"receipt" + bytes.fromhex(fingerprint(card)), 8)
    return f"{int.from_bytes(receipt, 'big') % 10**12:012}", found


def card_in(path):
    return x509.Certificate.load(Path(path).read_bytes())


def kit(folder):
    listed = json.loads(Path(folder, "expected.json").read_text("utf-8"))
    people = {
        name: (
            card_in(Path(folder, f"{name}.cert.der")),
            private_key(Path(folder, f"{name}.key.der").read_bytes(), listed["password"]),
        )
        for name in ("recipient", "recovery", "sealer", "stranger")
    }
    for case in listed["cases"]:
        trust = {"revoked": case["revoked"]}
        for name in ("cards", "authorities"):
            trust[name] = [x509.Certificate.load(bytes.fromhex(listed["cards"][one])) for one in case[name]]
        try:
            opened(Path(folder, "packages", case["file"]).read_bytes(), trust, *people[case["holder"]])
            verdict = "opened"
        except Refused as refused:
            verdict = str(refused)
        print(case["file"], verdict)


def envelope(card, content):
    """An envelope for one card."""
    card, key, iv = card_in(card), os.urandom(16), os.urandom(16)
    public = openssl("pkey", "-pubin", "-inform", "DER", "-in", "key", key=card["tbs_certificate"]["subject_public_key_info"].dump())
    sealed = openssl(*"pkeyutl -encrypt -pubin -inkey key -in secret".split(), key=public, secret=key)
    padder = PKCS7(128).padder()
    plain = padder.update(content) + padder.finalize()
    encryptor = Cipher(algorithms.SM4(key), modes.CBC(iv)).encryptor()
    tbs = card["tbs_certificate"]
    recipient = {
        "version": 1,
        "card": {"issuer": tbs["issuer"], "serial": tbs["serial_number"]},
        "algorithm": {"oid": SM2_ENCRYPT[0]},
        "key": sealed,
    }
    enveloped = EnvelopedData({
        "version": 1,
        "recipients": [recipient],
        "content": {
            "kind": DATA,
            "algorithm": {"oid": SM4_CBC, "parameters": core.Any(core.OctetString(iv))},
            "content": encryptor.update(plain) + encryptor.finalize(),
        },
    })  # fmt: skip
    return Content({"kind": ENVELOPED, "content": core.Any(enveloped)}).dump()


def main():
    match sys.argv[1:]:
        case ["kit", folder]:
            kit(folder)
        case ["open", package, key, password, card, known]:
            trust = {"cards": [card_in(known)], "authorities": [], "revoked": []}
            secret = private_key(Path(key).read_bytes(), password)
            try:
                receipt, found = opened(Path(package).read_bytes(), trust, card_in(card), secret)
            except Refused as refused:
                sys.exit(str(refused))
            print("opened", receipt)
            for name, content in found:
                print(sm3(content).hex(), name)
        case ["envelope", card, content, out]:
            Path(out).write_bytes(envelope(card, Path(content).read_bytes()))
        case _:
            sys.exit(__doc__)


main()
