"""Makes one file of each kind that the reading desk shows. Called by `cargo xtask fixtures`."""

import io
import struct
import sys
import zipfile
from pathlib import Path

import docx
import img2pdf
import openpyxl
import pillow_heif
from PIL import Image, ImageDraw, ImageFont, ImageOps

FOLDER = Path(sys.argv[1]) / "viewers"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def page(text: str, mode: str = "L", size=(1240, 1754)) -> Image.Image:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 40)
    draw.rectangle((60, 60, size[0] - 60, size[1] - 60), outline="black", width=6)
    for line in range(16):
        draw.text((120, 140 + line * 90), f"{text} 第{line + 1}行", fill="black", font=font)
    if mode == "RGB":
        draw.ellipse((800, 1300, 1100, 1600), outline="red", width=14)
    return image.convert(mode)


def tiffs() -> None:
    pages = [page(f"扫描件第{n}页", "1") for n in range(1, 6)]
    pages[0].save(FOLDER / "五页扫描 G4.tif", save_all=True, append_images=pages[1:], compression="group4")
    colour = [page(f"彩色扫描第{n}页", "RGB") for n in (1, 2)]
    colour[0].save(FOLDER / "彩色扫描 LZW.tif", save_all=True, append_images=colour[1:], compression="tiff_lzw")
    colour[0].save(FOLDER / "彩色扫描 JPEG.tif", save_all=True, append_images=colour[1:], compression="jpeg")


def g4(image: Image.Image) -> bytes:
    """The bare G4 data of a page: one strip of a TIFF."""
    out = io.BytesIO()
    # A TIFF counts white as one, a fax counts black.
    ImageOps.invert(image.convert("L")).convert("1").save(out, "tiff", compression="group4", tiffinfo={278: image.height})
    tiff = Image.open(io.BytesIO(out.getvalue()))
    offset, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return out.getvalue()[offset : offset + length]


def jbig2(image: Image.Image) -> bytes:
    """A page as one generic region coded in MMR (ITU-T T.88, 7.4.6), as embedded in a PDF."""
    width, height = image.size
    info = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + bytes([1]) + g4(image)
    segment = lambda number, kind, data: struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
    return segment(0, 48, info) + segment(1, 38, region)


def scan_in_pdf(path: Path, size: tuple[int, int], dictionary: str, data: bytes) -> None:
    """A PDF of one page that is one picture."""
    width, height = size
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}{dictionary}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream",
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(out)


def pdfs() -> None:
    image = page("传真扫描", "1")
    one_bit = "/ColorSpace/DeviceGray/BitsPerComponent 1"
    k = f"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {image.width}/Rows {image.height}>>"
    scan_in_pdf(FOLDER / "扫描 CCITT.pdf", image.size, one_bit + k, g4(image))
    scan_in_pdf(FOLDER / "扫描 JBIG2.pdf", image.size, one_bit + "/Filter/JBIG2Decode", jbig2(image))
    out = io.BytesIO()
    page("彩色扫描", "RGB").save(out, "jpeg2000", quality_mode="rates", quality_layers=[20])
    scan_in_pdf(FOLDER / "扫描 JPEG2000.pdf", image.size, "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/JPXDecode", out.getvalue())


def large_pdf() -> None:
    """300 pages and 100 MB, each page a scan of its own."""
    path = FOLDER / "三百页 100MB.pdf"
    if path.exists():
        return
    scans = []
    for n in range(1, 301):
        noise = Image.effect_noise((620, 877), 60).resize((1240, 1754))
        image = Image.blend(page(f"档案第{n}页", "L"), noise, 0.35)
        out = io.BytesIO()
        image.save(out, "jpeg", quality=68)
        scans.append(out.getvalue())
    path.write_bytes(img2pdf.convert(scans, layout_fun=img2pdf.get_layout_fun((595, 842))))


def large_tiff() -> None:
    path = FOLDER / "二百页 G4.tif"
    if not path.exists():
        pages = [page(f"台账第{n}页", "1") for n in range(1, 201)]
        pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4")


def office() -> None:
    document = docx.Document()
    document.add_heading("应用证明", 0)
    document.add_paragraph("深海耐压钛合金浮力球在我单位累计应用 24 个月，运行正常。")
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, ("应用时间", "经济效益（万元）")):
        cell.text = words
    for row in (("2025年", "1 280"), ("2026年", "2 460")):
        for cell, words in zip(table.add_row().cells, row):
            cell.text = words
    out = io.BytesIO()
    page("盖章", "RGB", (600, 400)).save(out, "png")
    document.add_picture(io.BytesIO(out.getvalue()), width=docx.shared.Cm(8))
    document.save(FOLDER / "应用证明.docx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "经济效益"
    sheet.append(["年份", "新增销售额（万元）", "利税"])
    for year in range(2021, 2027):
        sheet.append([year, year * 1.5, "是"])
    book.create_sheet("说明")["B2"] = "数据来自财务系统"
    book.save(FOLDER / "经济效益.xlsx")


def texts() -> None:
    (FOLDER / "说明 GBK.txt").write_bytes("山东省重大科技成果\r\n说明文字".encode("gb18030"))
    with zipfile.ZipFile(FOLDER / "源代码.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("src/main.rs", "fn main() {}" * 100)
        entry = zipfile.ZipInfo("XXXX.txt")
        archive.writestr(entry, "GBK name")
    # A name as Windows in China writes it: GBK bytes and no flag; four bytes for four letters.
    path = FOLDER / "源代码.zip"
    path.write_bytes(path.read_bytes().replace(b"XXXX.txt", "说明".encode("gbk") + b".txt"))


def pictures() -> None:
    image = page("现场照片", "RGB", (1200, 900))
    pillow_heif.from_pillow(image).save(FOLDER / "现场照片.heic", quality=80)
    image.save(FOLDER / "现场照片.webp", quality=80)
    image.save(FOLDER / "现场照片.jpg", quality=80)
    image.save(FOLDER / "系统截图.png")


FOLDER.mkdir(parents=True, exist_ok=True)
if not (FOLDER / "现场照片.heic").exists():
    tiffs()
    pdfs()
    office()
    texts()
    pictures()
large_pdf()
large_tiff()
