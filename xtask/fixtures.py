"""Makes evidence with public programs: Typst, Pillow. Called by `cargo xtask fixtures`."""

import shutil
import sys
from pathlib import Path

import typst
from PIL import Image, ImageDraw

FOLDER = Path(sys.argv[1])


def page(text: str, size=(1240, 1754), mode="RGB"):
    image = Image.new(mode, size, 1 if mode == "1" else "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, size[0] - 60, size[1] - 60), outline=0 if mode == "1" else "black", width=4)
    for line in range(20):
        draw.text((120, 140 + line * 60), f"{text} {line}", fill=0 if mode == "1" else "black")
    return image


def main() -> None:
    pdf = FOLDER / "发明专利证书.pdf"
    if not pdf.exists():
        source = FOLDER / "certificate.typ"
        source.write_text(
            '#set text(font: "Noto Sans CJK SC", size: 14pt)\n= 发明专利证书\n专利号 ZL202210318844.5\n#pagebreak()\n第二页',
            encoding="utf-8",
        )
        typst.compile(str(source), output=str(pdf))
        source.unlink()
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    page("photo", (800, 600)).save(FOLDER / "现场照片 旋转.jpg", exif=exif)
    page("screenshot", (640, 480)).save(FOLDER / "系统截图.png")
    pages = [page("scan one", mode="1"), page("scan two", mode="1")]
    pages[0].save(
        FOLDER / "扫描件 两页.tif", save_all=True, append_images=pages[1:], compression="group4"
    )
    # 200 bytes of UTF-8: 65 Han characters, a letter and the extension.
    shutil.copy(pdf, FOLDER / ("长" * 65 + "a.pdf"))
    shutil.copy(pdf, FOLDER / "发明专利证书 副本.pdf")


main()
