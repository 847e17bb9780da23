// Scanning in: SANE's test scanner, a watched folder, pictures; turned, cropped, paired, one PDF.
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { answerDialog, at, importComplete, makeUnit, open, picture, root, seriousFindings } from './support.mjs'

// The test scanner alone: no driver looks for real ones.
const sane = mkdtempSync(join(tmpdir(), 'luguo-sane-'))
writeFileSync(join(sane, 'dll.conf'), 'test\n')
process.env.SANE_CONFIG_DIR = sane

const pages = (page) => at(page, 'scan-page').evaluateAll((all) => all.map((one) => one.dataset.id))
const count = (page, wanted) => page.waitForFunction((n) => document.querySelectorAll('[data-testid="scan-page"]').length === n, wanted)

test('a stack of paper becomes one PDF: feeder, glass, turn, crop, delete, insert, order, both sides', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-scan').click()
    await at(page, 'scan-device').waitFor()
    await at(page, 'scan-empty').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '扫描台-空')
    await at(page, 'scan-resolution').selectOption('150')
    // Fronts, then the stack turned over.
    await at(page, 'scan-feeder').check()
    await at(page, 'scan-begin').click()
    await count(page, 10)
    const fronts = await pages(page)
    await at(page, 'scan-turn-over').click()
    await at(page, 'scan-told').getByText('10 张正面').waitFor()
    await at(page, 'scan-begin').click()
    await count(page, 20)
    const backs = (await pages(page)).slice(10)
    await at(page, 'scan-pair').click()
    await at(page, 'scan-told').getByText('合到一起').waitFor()
    assert.deepEqual(await pages(page), fronts.flatMap((front, n) => [front, backs[9 - n]]))

    // What was scanned outlives a crash.
    await desk.killAndReopen()
    await at(page, 'unlock-person').fill('王敏')
    await at(page, 'unlock-passphrase').fill('Hai-Yang-2026-shan')
    await at(page, 'unlock-submit').click()
    await at(page, 'declaration-open').click()
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-scan').click()
    await count(page, 20)

    // Eighteen go; a page from the glass comes between the two that stay.
    // After one is gone, its neighbour is the chosen one.
    await at(page, 'scan-page').last().click()
    for (let left = 20; left > 2; left -= 1) {
      await at(page, 'scan-remove').click()
      await count(page, left - 1)
    }
    const [first, second] = await pages(page)
    await page.locator(`[data-id="${first}"]`).click()
    await at(page, 'scan-mode').selectOption('color')
    await at(page, 'scan-feeder').uncheck()
    await at(page, 'scan-begin').click()
    await count(page, 3)
    const between = (await pages(page))[1]
    assert.deepEqual(await pages(page), [first, between, second])
    await page.locator(`[data-id="${between}"]`).click()
    await at(page, 'scan-back').click()
    await page.waitForFunction((id) => document.querySelectorAll('[data-testid="scan-page"]')[2]?.dataset.id === id, between)
    await at(page, 'scan-right').click()
    await at(page, 'scan-crop').click()
    const box = await at(page, 'crop-area').boundingBox()
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.1)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.9, { steps: 4 })
    await page.mouse.up()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '扫描台-裁剪')
    await at(page, 'crop-done').click()

    // A picture that somebody has already.
    await answerDialog(page, () => at(page, 'scan-pick').click(), [join(root, 'target/fixtures/viewers/现场照片.jpg'), join(root, 'target/fixtures/viewers/五页扫描 G4.tif')])
    await count(page, 9)
    await at(page, 'scan-name').fill('检测报告（含附录与原始记录，名称很长用来看换行）')
    await at(page, 'scan-claim').selectOption('category')
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="scan-page"] img').length === 9)
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '扫描台')
    await at(page, 'scan-finish').click()
    await at(page, 'scan-told').getByText('已加入材料').waitFor()
    await count(page, 0)
    await at(page, 'scan-close').click()
    await at(page, 'evidence-row').getByText('检测报告（含附录').first().waitFor()
    await at(page, 'evidence-preview').first().click()
    await page.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()
    assert.equal(await at(page, 'viewer').getAttribute('data-pages'), '9')
  } finally {
    await desk.close()
  }
})

test('what an office scanner writes into a watched folder is offered once it is whole', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-scan').click()
    const watched = join(folder, 'vaults/备份')
    mkdirSync(watched, { recursive: true })
    copyFileSync(join(root, 'target/fixtures/系统截图.png'), join(watched, '以前就有的.png'))
    await page.waitForTimeout(1100)
    await at(page, 'scan-watch').click()
    await at(page, 'scan-folder').waitFor()
    copyFileSync(join(root, 'target/fixtures/viewers/五页扫描 G4.tif'), join(watched, 'Scan_0001.tif'))
    copyFileSync(join(root, 'target/fixtures/发明专利证书.pdf'), join(watched, 'Scan_0002.pdf'))
    writeFileSync(join(watched, 'Thumbs.db'), 'x')
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="scan-arrived"]').length === 2)
    const names = await at(page, 'scan-arrived').allInnerTexts()
    assert.ok(names[0].startsWith('Scan_0001.tif') && names[1].startsWith('Scan_0002.pdf'), String(names))
    await picture(page, '扫描台-监看')
    await at(page, 'scan-take').first().click()
    await count(page, 5)
    await at(page, 'scan-take').first().click()
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="evidence-row"]').length === 1)
    await at(page, 'scan-unwatch').click()
    await at(page, 'scan-folder').waitFor({ state: 'detached' })
  } finally {
    await desk.close()
  }
})
