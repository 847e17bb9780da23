"""Makes evidence with public programs: Typst, Pillow. Called by `cargo xtask fixtures`."""

import io
import json
import shutil
import sys
from pathlib import Path

import typst
from PIL import Image, ImageDraw

FOLDER = Path(sys.argv[1])
DECLARATIONS = Path(__file__).parent.parent / "tests/fixtures/declarations"
RIGHTS = {
    "invention_patent": "发明专利证书",
    "utility_model": "实用新型专利证书",
    "design": "外观设计专利证书",
    "software": "计算机软件著作权登记证书",
    "plant_animal_variety": "植物新品种权证书",
    "standard": "标准文本",
    "publication": "论文首页",
}
CATEGORIES = {
    "basic_research": "同行评价意见",
    "key_technology": "检测报告",
    "major_application": "应用证明",
}


def page(text: str, size=(1240, 1754), mode="RGB"):
    image = Image.new(mode, size, 1 if mode == "1" else "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, size[0] - 60, size[1] - 60), outline=0 if mode == "1" else "black", width=4)
    for line in range(20):
        draw.text((120, 140 + line * 60), f"{text} {line}", fill=0 if mode == "1" else "black")
    return image


def papers(form: dict) -> list[tuple[str, str, list[str]]]:
    """What proves a form: claim, title, lines."""
    unit = form["units"][0]["name"]
    found = [("category", CATEGORIES[form["kind"]], [f"成果：{form['name']}", f"出具单位：{unit}"])]
    for n, right in enumerate(form["rights"], 1):
        title = RIGHTS.get(right["kind"], "知识产权证明")
        owners = "、".join(right["owners"])
        lines = [f"名称：{right['title']}", f"编号：{right['number']}", f"权利人：{owners}", f"日期：{right['date']}"]
        found.append((f"right:{n}", title, lines))
    if form["publicity"]["published"]:
        found.append(("publicity", "媒体报道复印件", [form["publicity"]["detail"]]))
    for n, project in enumerate(form["projects"], 1):
        found.append((f"project:{n}", "立项文件", [project["name"], f"编号：{project['number']}"]))
    if form["ownership"]["same_as_units"] is False:
        holders = "、".join(holder["name"] for holder in form["ownership"]["holders"])
        found.append(("ownership", "权属证明", [f"权属单位：{holders}"]))
    found.append(("commitment", "承诺页", [f"成果：{form['name']}", "签字：（样例）", "盖章：（样例）", "日期：2026年11月5日"]))
    return found


def typeset(title: str, lines: list[str], kind: str) -> bytes:
    """One A4 page; the texts go in as data."""
    source = """#set page("a4", margin: 3cm)
#set text(font: "Noto Sans CJK SC", lang: "zh", size: 14pt)
#align(center, text(24pt, weight: "bold", sys.inputs.title))
#v(2cm)
#for line in json(bytes(sys.inputs.lines)) [#par(line)]
#v(1fr)
#align(right)[演示材料，仅供试用]"""
    inputs = {"title": title, "lines": json.dumps(lines, ensure_ascii=False)}
    return typst.compile(source.encode(), format=kind, sys_inputs=inputs, ppi=110)


def scanned(png: bytes, path: Path) -> None:
    """As it comes from an office scanner: a little askew, grey, JPEG."""
    image = Image.open(io.BytesIO(png)).convert("L")
    image.rotate(0.6, fillcolor=250, resample=Image.Resampling.BICUBIC).save(path, quality=72)


def demonstration() -> None:
    """The evidence of the three complete declarations, with a list of what proves what."""
    for source in sorted(DECLARATIONS.glob("*.json")):
        folder = FOLDER / "demonstration" / source.stem
        if (folder / "papers.json").exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        listed = []
        for claim, title, lines in papers(json.loads(source.read_text("utf-8"))["declaration"]):
            ordinal = claim.partition(":")[2]
            if claim == "commitment":
                name = f"{title}.jpg"
                scanned(typeset(title, lines, "png"), folder / name)
            else:
                name = f"{title} {ordinal}.pdf" if ordinal else f"{title}.pdf"
                (folder / name).write_bytes(typeset(title, lines, "pdf"))
            listed.append({"claim": claim, "file": name})
        (folder / "papers.json").write_text(json.dumps(listed, ensure_ascii=False, indent=1), "utf-8")


def main() -> None:
    demonstration()
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
