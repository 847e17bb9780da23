"""Opens sealed packages from their specification, with asn1crypto, cryptography and the openssl
command line, and with no line of the program that seals them.

    sealed.py kit FOLDER             checks every package of a kit against its expected verdict
    sealed.py open FILE KEY CARD PASSWORD PART OUT TRUSTED...   opens one content of a package
    sealed.py envelope CARD OUT      makes an envelope for a card around the bytes of standard input
"""
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from asn1crypto import core, parser, x509
from cryptography.hazmat.primitives import hashes, hmac, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

MEDIA = b"application/vnd.luguo.sealed+zip"
SUITE = "SM2-SM3-SM4GCM-STREAM64K"
SEGMENT, TAG = 65536, 16
SM3, SM2_SIGN, SM2_SM3 = "1.2.156.10197.1.401", "1.2.156.10197.1.301.1", "1.2.156.10197.1.501"
SM2_KEY = ("1.2.156.10197.1.301.3", "1.2.156.10197.1.301.2")
SM4_CBC = "1.2.156.10197.1.104.2"
DATA, SIGNED, ENVELOPED = (f"1.2.156.10197.6.1.4.2.{n}" for n in (1, 2, 3))


class Refused(Exception):
    """What is said of a package that is not opened."""


def sm3(data):
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


# DER --------------------------------------------------------------------------------------------

def one(data):
    """A single value with nothing behind it: tag and content."""
    try:
        kind, _, tag, header, content, trailer = parser.parse(data, strict=True)
    except ValueError as fault:
        raise ValueError("not DER") from fault
    return (kind, tag), content, header + content + trailer


def many(content):
    """The values in a sequence or set."""
    found = []
    while content:
        kind, _, tag, header, inner, trailer = parser.parse(content, strict=False)
        whole = header + inner + trailer
        found.append(((kind, tag), inner, whole))
        content = content[len(whole):]
    return found


def oid(content):
    return core.ObjectIdentifier.load(b"\x06" + bytes([len(content)]) + content).dotted


def algorithm(content):
    """Identifier and parameters, as they stand."""
    parts = many(content)
    return oid(parts[0][1]), [whole for _, _, whole in parts[1:]]


# Other programs ---------------------------------------------------------------------------------

def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True)


class Card:
    """A certificate."""

    def __init__(self, der):
        self.der = der
        self.read = x509.Certificate.load(der, strict=True)
        self.tbs = self.read["tbs_certificate"]
        self.fingerprint = sm3(der).hex()

    def public(self):
        return openssl("x509", "-inform", "DER", "-pubkey", "-noout", data=self.der).stdout

    def name_and_serial(self):
        return self.tbs["issuer"].dump(), self.tbs["serial_number"].dump()

    def verifies(self, message, signature):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("public", "message", "signature")]
            for path, content in zip(paths, (self.public(), message, signature)):
                with open(path, "wb") as out:
                    out.write(content)
            done = openssl(
                "pkeyutl", "-verify", "-pubin", "-inkey", paths[0], "-rawin", "-digest", "sm3",
                "-pkeyopt", "distid:1234567812345678", "-in", paths[1], "-sigfile", paths[2])
            return done.returncode == 0

    def issued_by(self, issuer):
        signature = bytes(self.read["signature_value"].native)
        return self.tbs["issuer"] == issuer.tbs["subject"] and issuer.verifies(
            self.tbs.dump(), signature)

    def is_self_issued(self):
        return self.tbs["issuer"] == self.tbs["subject"]

    def validity(self):
        both = self.tbs["validity"]
        return [both[name].native.timestamp() for name in ("not_before", "not_after")]

    def may_sign(self):
        for extension in self.tbs["extensions"]:
            if extension["extn_id"].native == "key_usage":
                return "digital_signature" in extension["extn_value"].native
        return True


def private(der, password):
    """Opens an encrypted PKCS#8 (PBES2, PBKDF2 with HMAC-SM3, SM4-CBC)."""
    _, content, _ = one(der)
    scheme, data = many(content)
    _, parameters = algorithm(scheme[1])
    derivation, cipher = many(one(parameters[0])[1])
    _, inside = algorithm(derivation[1])
    salt, rounds = [value for _, value, _ in many(one(inside[0])[1])[:2]]
    key = PBKDF2HMAC(hashes.SM3(), 16, salt, int.from_bytes(rounds, "big")).derive(password.encode())
    iv = one(algorithm(cipher[1])[1][0])[1]
    return cbc(key, iv, data[1])


def cbc(key, iv, data):
    work = Cipher(algorithms.SM4(key), modes.CBC(iv)).decryptor()
    plain = work.update(data) + work.finalize()
    strip = padding.PKCS7(128).unpadder()
    return strip.update(plain) + strip.finalize()


def sm2_decrypt(key, sealed):
    one(sealed)  # OpenSSL overlooks what stands behind the value
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "key")
        with open(path, "wb") as out:
            out.write(key)
        done = openssl("pkeyutl", "-decrypt", "-inkey", path, "-keyform", "DER", data=sealed)
        if done.returncode:
            raise ValueError("the key does not open it")
        return done.stdout


# Signed messages --------------------------------------------------------------------------------

def signer(message, content):
    """The card whose signature a message is; of a message with its content inside also that."""
    _, outer, _ = one(message)
    kind, body = many(outer)
    if oid(kind[1]) != SIGNED:
        raise ValueError("not signed data")
    version, digests, info, certificates, signers = many(one(body[1])[1])
    inside = many(info[1])
    if version[1] != b"\x01" or oid(inside[0][1]) != DATA:
        raise ValueError("another version or content")
    if (content is None) != (len(inside) == 2):
        raise ValueError("content inside or outside")
    if content is None:
        content = one(inside[1][1])[1]
    certificates, signers = many(certificates[1]), many(signers[1])
    if len(certificates) != 1 or len(signers) != 1:
        raise ValueError("one card and one signer")
    card = Card(certificates[0][2])
    version, who, digest, method, signature = many(signers[0][1])
    name, serial = [whole for _, _, whole in many(who[1])]
    if [algorithm(value) for _, value, _ in many(digests[1])] != [(SM3, [])]:
        raise ValueError("another digest")
    if algorithm(digest[1]) != (SM3, []) or algorithm(method[1]) not in ((SM2_SIGN, []), (SM2_SM3, [])):
        raise ValueError("another algorithm")
    if version[1] != b"\x01" or (name, serial) != card.name_and_serial():
        raise ValueError("another signer")
    if card.is_self_issued() and not card.issued_by(card):
        raise ValueError("the card was changed")
    if not card.verifies(content, signature[1]):
        raise ValueError("the signature disagrees")
    return card, content


# The outer file ---------------------------------------------------------------------------------

def member_bytes(name, size, crc, offset):
    name = name.encode()
    common = struct.pack("<HHHHIIIH", 1 << 11, 0, 0, 33, crc, 0xFFFFFFFF, 0xFFFFFFFF, len(name))
    local = b"PK\3\4" + struct.pack("<H", 45) + common + struct.pack("<H", 20) + name
    local += struct.pack("<HHQQ", 1, 16, size, size)
    central = b"PK\1\2" + struct.pack("<HH", 45, 45) + common + struct.pack("<H", 28) + bytes(10)
    central += struct.pack("<I", 0xFFFFFFFF) + name + struct.pack("<HHQQQ", 1, 24, size, size, offset)
    return local, central


def outer(data):
    """Members in order: name and bytes. The file has to be exactly the one that is written."""
    bad = Refused("not-a-package")
    if len(data) < 98:
        raise bad
    count, size, offset = struct.unpack_from("<QQQ", data, len(data) - 98 + 32)
    if offset + size != len(data) - 98:
        raise bad
    tail = b"PK\6\6" + struct.pack("<QHH", 44, 45, 45) + bytes(8)
    tail += struct.pack("<QQQQ", count, count, size, offset)
    tail += b"PK\6\7" + struct.pack("<IQI", 0, offset + size, 1)
    tail += b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)
    if count > 10000 or tail != data[-98:]:
        raise bad
    found, at, after = [], offset, 0
    while at < offset + size:
        try:
            (length,) = struct.unpack_from("<H", data, at + 28)
            name = data[at + 46:at + 46 + length].decode()
            (crc,) = struct.unpack_from("<I", data, at + 16)
            stored, place = struct.unpack_from("<Q8xQ", data, at + 46 + length + 4)
        except (struct.error, UnicodeDecodeError) as fault:
            raise bad from fault
        local, central = member_bytes(name, stored, crc, place)
        start = place + len(local)
        if data[at:at + len(central)] != central or place != after or start + stored > offset:
            raise bad
        if data[place:start] != local or name in [other for other, _, _ in found]:
            raise bad
        found.append((name, data[start:start + stored], crc))
        at, after = at + len(central), start + stored
    if after != offset or len(found) != count:
        raise bad
    return found


def padme(size):
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - min(kept, exponent))) - 1
    return (size + mask) & ~mask


def sealed_size(plain):
    return plain + TAG * max(1, -(-plain // SEGMENT))


def plain_size(sealed):
    plain = sealed - TAG * -(-sealed // (SEGMENT + TAG))
    return plain if plain >= 0 and sealed_size(plain) == sealed else None


def record(data, name, fields):
    """A record in its one encoding (RFC 8785) with exactly these fields."""
    try:
        value = json.loads(data)
    except ValueError as fault:
        raise Refused("record") from fault
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if not isinstance(value, dict) or set(value) != set(fields) or text != data:
        raise Refused("record")
    return value


def is_hex(text, size):
    return len(text) == 2 * size and all(digit in "0123456789abcdef" for digit in text)


def read_header(data):
    try:
        value = json.loads(data)
        named = value["format"], value["version"], value["suite"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Refused("record") from fault
    if named[0] != "luguo-sealed":
        raise Refused("record")
    if named[1] != 1:
        raise Refused("version")
    if named[2] != SUITE:
        raise Refused("suite")
    header = record(data, "header.json", (
        "format", "version", "suite", "package_id", "created", "marking", "sealer", "recipients",
        "recovery"))
    cards = header["recipients"] + [header["recovery"]]
    if not (is_hex(header["package_id"], 16) and is_hex(header["sealer"], 32)
            and all(is_hex(card, 32) for card in cards) and len(set(cards)) == len(cards) >= 2
            and len(header["marking"]) <= 100):
        raise Refused("record")
    return header


class Package:
    """A package whose outer records, seal and contents agree: no key was needed."""

    def __init__(self, data):
        members = outer(data)
        contents = len(members) - 7
        names = ["mimetype", "header.json", "keys.p7m", "header.mac"]
        names += [f"d/{n + 1:06}" for n in range(max(0, contents))] + ["m", "index.json", "seal.p7s"]
        if contents < 1 or [name for name, _, _ in members] != names:
            raise Refused("members")
        self.parts = [content for _, content, _ in members[4:-3]]
        for part in self.parts:
            plain = plain_size(len(part))
            if plain is None or padme(plain) != plain:
                raise Refused("members")
        limits = {"mimetype": 1 << 16, "header.json": 1 << 16, "keys.p7m": 1 << 20,
                  "header.mac": 1 << 16, "m": 32 << 20, "index.json": 8 << 20, "seal.p7s": 1 << 20}

        def small(place):
            name, content, crc = members[place]
            if len(content) > limits[name] or zlib.crc32(content) != crc:
                raise Refused("not-a-package")
            return content

        if small(0) != MEDIA:
            raise Refused("not-a-package")
        self.header_json = small(1)
        self.header = read_header(self.header_json)
        self.envelope, self.mac, self.manifest = small(2), small(3), small(-3)
        index_json, seal = small(-2), small(-1)
        index = record(index_json, "index.json", ("format", "package_id", "members"))
        try:
            self.sealer, _ = signer(seal, index_json)
        except (ValueError, IndexError) as fault:
            raise Refused("seal") from fault
        if self.sealer.fingerprint != self.header["sealer"]:
            raise Refused("other-sealer")
        listed = [(entry["name"], entry["size"]) for entry in index["members"]]
        found = [(name, len(content)) for name, content, _ in members[:-2]]
        if (index["format"] != "luguo-sealed-index" or listed != found
                or index["package_id"] != self.header["package_id"]):
            raise Refused("members")
        digests = [entry["sm3"] for entry in index["members"]]
        for place in [1, 2, 3, len(members) - 3, 0]:
            if sm3(members[place][1]).hex() != digests[place]:
                raise Refused("changed")
        try:
            self.infos = recipients(self.envelope)
        except (ValueError, IndexError) as fault:
            raise Refused("record") from fault
        if len(self.infos) != len(self.header["recipients"]) + 1 or len(self.mac) != 32:
            raise Refused("record")
        for (_, content, crc), digest in zip(members[4:-3], digests[4:]):
            if sm3(content).hex() != digest or zlib.crc32(content) != crc:
                raise Refused("changed")

    def admit(self, cards, authorities, revoked):
        """Whether the sealer is one whose card was compared, or whom a known authority issued."""
        if self.sealer.fingerprint in revoked:
            raise Refused("card-revoked")
        issuer = next((one for one in authorities if self.sealer.issued_by(one)), None)
        if issuer is not None:
            if issuer.fingerprint in revoked:
                raise Refused("card-revoked")
        elif self.sealer.der not in [card.der for card in cards]:
            raise Refused("card-unknown")
        begins, ends = self.sealer.validity()
        if self.header["created"] < begins:
            raise Refused("card-not-yet")
        if self.header["created"] > ends:
            raise Refused("card-expired")
        if not self.sealer.may_sign():
            raise Refused("card-usage")

    def unlock(self, card, key):
        """Opens envelope, code and manifest."""
        if card.fingerprint not in self.header["recipients"] + [self.header["recovery"]]:
            raise Refused("other-recipient")
        try:
            self._unlock(card, key)
        except (Refused, ValueError, IndexError, KeyError, TypeError, StopIteration) as fault:
            raise Refused("not-opened") from fault

    def _unlock(self, card, key):
        sealed = next(
            sealed for who, sealed in self.infos if who == card.name_and_serial())
        iv, content = envelope_content(self.envelope)
        block = many(one(cbc(sm2_decrypt(key, sealed), iv, content))[1])
        version, package_id, self.cek, digest = [value for _, value, _ in block]
        self.id = bytes.fromhex(self.header["package_id"])
        if (version, package_id, digest) != (b"\x01", self.id, sm3(self.header_json)):
            raise ValueError("another package or header")
        code = hmac.HMAC(self.derive(b"header", 32), hashes.SM3())
        code.update(sm3(self.header_json) + sm3(self.envelope))
        if code.finalize() != self.mac:
            raise ValueError("the code disagrees")
        plain = self.stream(0, self.manifest)
        length = len(parser.parse(plain, strict=False)[3]) + len(parser.parse(plain, strict=False)[4])
        if len(plain) != padme(length) or any(plain[length:]):
            raise ValueError("padding")
        who, content = signer(plain[:length], None)
        manifest = record(content, "manifest", (
            "format", "package_id", "header_sm3", "recipients", "parts", "about"))
        cards = self.header["recipients"] + [self.header["recovery"]]
        sizes = [sealed_size(padme(part["size"])) for part in manifest["parts"]]
        if (who.der != self.sealer.der or manifest["format"] != "luguo-sealed-manifest"
                or manifest["package_id"] != self.header["package_id"]
                or manifest["header_sm3"] != sm3(self.header_json).hex()
                or manifest["recipients"] != cards or sizes != [len(part) for part in self.parts]):
            raise ValueError("the manifest disagrees")
        self.listed = manifest["parts"]

    def derive(self, info, size):
        return HKDF(hashes.SM3(), size, self.id, info).derive(self.cek)

    def stream(self, number, sealed):
        key = self.derive(b"payload" + number.to_bytes(8, "big"), 16)
        plain, unit = b"", SEGMENT + TAG
        count = max(1, -(-len(sealed) // unit))
        if plain_size(len(sealed)) is None:
            raise ValueError("a length that no sealing gives")
        for n in range(count):
            segment = sealed[n * unit:(n + 1) * unit]
            nonce = n.to_bytes(11, "big") + bytes([n == count - 1])
            work = Cipher(algorithms.SM4(key), modes.GCM(nonce, segment[-TAG:])).decryptor()
            try:
                plain += work.update(segment[:-TAG]) + work.finalize()
            except Exception as fault:
                raise ValueError("a segment does not open") from fault
        return plain

    def content(self, place):
        part = self.listed[place]
        try:
            plain = self.stream(place + 1, self.parts[place])
        except ValueError as fault:
            raise Refused("not-opened") from fault
        content = plain[:part["size"]]
        if any(plain[part["size"]:]) or sm3(content).hex() != part["sm3"]:
            raise Refused("not-opened")
        return content


def envelope_parts(der):
    _, outer_content, _ = one(der)
    kind, body = many(outer_content)
    if oid(kind[1]) != ENVELOPED:
        raise ValueError("not an envelope")
    version, infos, content = many(one(body[1])[1])
    if version[1] != b"\x01":
        raise ValueError("another version")
    return many(infos[1]), many(content[1])


def recipients(der):
    """Issuer and serial, and the sealed key, of each."""
    found = []
    infos, (kind, cipher, _) = envelope_parts(der)
    if oid(kind[1]) != DATA or algorithm(cipher[1])[0] != SM4_CBC:
        raise ValueError("another content")
    for _, info, _ in infos:
        version, who, method, sealed = many(info)
        if version[1] != b"\x01" or algorithm(method[1])[0] not in SM2_KEY:
            raise ValueError("another algorithm")
        found.append((tuple(whole for _, _, whole in many(who[1])), sealed[1]))
    return found


def envelope_content(der):
    _, (_, cipher, content) = envelope_parts(der)
    return one(algorithm(cipher[1])[1][0])[1], content[1]


# What is asked of it ----------------------------------------------------------------------------

def verdict(data, trust, card, key):
    try:
        package = Package(data)
        package.admit(*trust)
        package.unlock(card, key)
        for place in range(len(package.parts)):
            package.content(place)
    except Refused as said:
        return str(said)
    return "opened"


def kit(folder):
    def read(name):
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()

    listed = json.loads(read("expected.json"))
    holders = {
        name: (Card(read(f"{name}.cert.der")), private(read(f"{name}.key.der"), listed["password"]))
        for name in ("recipient", "recovery", "sealer", "stranger")}
    wrong, begun = [], time.time()
    for case in listed["cases"]:
        cards = [[Card(bytes.fromhex(listed["cards"][one])) for one in case[name]] for name in ("cards", "authorities")]
        said = verdict(read(f"packages/{case['file']}"), (*cards, case["revoked"]), *holders[case["holder"]])
        if said != case["verdict"]:
            wrong.append(f"{case['file']} {case['fault']}: {said}, wanted {case['verdict']}")
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(listed['cases'])} packages in {time.time() - begun:.0f} s")


def open_one(file, key, card, password, part, out, *trusted):
    def read(name):
        with open(name, "rb") as opened:
            return opened.read()

    package = Package(read(file))
    package.admit([Card(read(name)) for name in trusted], [], [])
    package.unlock(Card(read(card)), private(read(key), password))
    with open(out, "wb") as written:
        written.write(package.content(int(part)))
    print(json.dumps(package.listed, ensure_ascii=False))


def der(tag, content):
    length = len(content)
    size = bytes([length]) if length < 128 else bytes([0x80 | (length.bit_length() + 7) // 8]) + (
        length.to_bytes((length.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + size + content


def make_envelope(card_file, out):
    """An envelope as another program would make it."""
    card = Card(open(card_file, "rb").read())
    key, iv, content = os.urandom(16), os.urandom(16), sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "public")
        with open(path, "wb") as file:
            file.write(card.public())
        sealed = openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", path, data=key).stdout
    fill = padding.PKCS7(128).padder()
    work = Cipher(algorithms.SM4(key), modes.CBC(iv)).encryptor()
    content = work.update(fill.update(content) + fill.finalize()) + work.finalize()

    def identifier(name):
        return core.ObjectIdentifier(name).dump()

    info = der(0x30, b"\2\1\1" + der(0x30, b"".join(card.name_and_serial()))
               + der(0x30, identifier(SM2_KEY[0])) + der(4, sealed))
    inner = der(0x30, identifier(DATA) + der(0x30, identifier(SM4_CBC) + der(4, iv)) + der(0x80, content))
    body = der(0x30, b"\2\1\1" + der(0x31, info) + inner)
    with open(out, "wb") as file:
        file.write(der(0x30, identifier(ENVELOPED) + der(0xA0, body)))


if __name__ == "__main__":
    {"kit": kit, "open": open_one, "envelope": make_envelope}[sys.argv[1]](*sys.argv[2:])
