// How fast the reading desk shows large files, each beside a peer in the same run; prints rows of a
// table. Run by `cargo xtask bench` on the release build.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerDialog, at, importComplete, makeUnit, open, root } from '../e2e/support.mjs'

const fixture = (name) => join(root, 'target/fixtures/viewers', name)
const [pdf, tiff] = [fixture('三百页 100MB.pdf'), fixture('二百页 G4.tif')]
const ROUNDS = 5

async function timed(work) {
  const taken = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now()
    await work()
    taken.push((performance.now() - began) / 1000)
  }
  return taken.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]
}
const row = (what, ours, peer, theirs) => console.log(`| ${what} | ${ours.toFixed(3)} | ${peer} | ${theirs.toFixed(3)} | ${(ours / theirs).toFixed(1)} |`)

/** Pages of the TIFF as PNG by Pillow, in one process. */
const pillow = (pages, width) =>
  execFileSync(join(root, 'target/venv/bin/python'), [
    '-c',
    'import sys\nfrom PIL import Image\nsource, folder, pages, width = sys.argv[1:]\nimage = Image.open(source)\nfor n in range(int(pages)):\n    image.seek(n)\n    page = image.convert("L")\n    page.thumbnail((int(width), 9999))\n    page.save(f"{folder}/{n}.png")',
    tiff, out, String(pages), String(width),
  ])

const out = mkdtempSync(join(tmpdir(), 'luguo-bench-'))
const desk = await open()
try {
  const { page } = desk
  await makeUnit(page)
  await importComplete(page, 'key-technology.json')
  await at(page, 'section-evidence').click()
  await answerDialog(page, () => at(page, 'evidence-add').click(), [pdf, tiff])
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="evidence-row"]').length === 2, null, { timeout: 120_000 })
  const show = async (piece) => {
    await at(page, 'evidence-preview').nth(piece).click()
    await page.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()
  }
  const shut = () => at(page, 'preview-close').click()
  const first = await timed(async () => {
    await show(0)
    await shut()
  })
  row('first page of a PDF of 300 pages and 100 MB, from the click', first, 'pdftoppm -f 1 -l 1 -r 100', await timed(() => execFileSync('pdftoppm', ['-f', '1', '-l', '1', '-r', '100', pdf, join(out, 'first')])))

  // Chromium's own viewer says nothing of its pages: its window is looked at until ink is on it.
  const other = await page.context().browser().newPage()
  const theirs = await timed(async () => {
    await other.goto('about:blank')
    await other.goto(`file://${encodeURI(pdf)}`, { waitUntil: 'commit' }).catch(() => undefined)
    let before = 0
    for (let look = 0; look < 200; look += 1) {
      const size = (await other.screenshot({ type: 'png' }).catch(() => '')).length
      // The page is noise: a picture of it is far larger than one of the empty viewer.
      if (size > 200_000 && size === before) return
      before = size
    }
  })
  row('the same', first, "Chromium's own viewer, until its window stands still", theirs)
  await other.close()

  /** Draws a small picture of every page, one after the other, as the list of thumbnails does. */
  const thumbnails = async (piece, count) => {
    await show(piece)
    await at(page, 'viewer-thumbs-toggle').click()
    for (let n = 0; n < count; n += 4) {
      await page.locator(`[data-thumb="${n}"]`).evaluate((one) => one.scrollIntoView())
      await page.locator(`[data-thumb="${n}"] [data-ready]`).waitFor()
    }
    await shut()
  }
  const began = performance.now()
  await thumbnails(0, 300)
  const small = (performance.now() - began) / 1000
  const peerBegan = performance.now()
  execFileSync('pdftoppm', ['-scale-to-x', '104', '-scale-to-y', '-1', pdf, join(out, 'small')])
  row('thumbnails of 300 pages, scrolled through', small, 'pdftoppm, all pages at the same width', (performance.now() - peerBegan) / 1000)

  row('first page of a TIFF of 200 pages in G4, from the click', await timed(async () => {
    await show(1)
    await shut()
  }), 'Pillow, the same page at the same width', await timed(() => pillow(1, 1600)))
  const tiffBegan = performance.now()
  await thumbnails(1, 200)
  const tiffSmall = (performance.now() - tiffBegan) / 1000
  const tiffPeer = performance.now()
  pillow(200, 160)
  row('its 200 thumbnails, scrolled through', tiffSmall, 'Pillow, all pages at the same width', (performance.now() - tiffPeer) / 1000)
} finally {
  await desk.close()
  rmSync(out, { recursive: true, force: true })
}
process.exit(0)
