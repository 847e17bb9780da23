// A reviewer reads a submission with its evidence, marks and ticks, returns it, and sees what changed.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { answerDialog, at, complete, importComplete, makeUnit, open, people, picture, root, seriousFindings, signInAs, submit } from './support.mjs'

const fixture = (name) => join(root, 'target/fixtures', name)
const long = '这张证书的专利权人写的是“青岛海洋装备研究院有限公司”，和征集表第 11 项完成单位“青岛海洋装备研究院”不一致，请附名称变更的证明，或者改正完成单位。'

/** The proof of a claim becomes another file. */
async function replaceProof(page, claim, file) {
  await at(page, 'section-evidence').click()
  const title = await at(page, `claim-${claim}`).locator('[data-testid="claim-proof"]').innerText()
  const row = page.locator('[data-testid="evidence-row"]', { has: page.getByRole('button', { name: `换成新文件 ${title.replace('✓ ', '')}`, exact: true }) })
  await answerDialog(page, () => row.locator('[data-testid="evidence-replace"]').click(), file)
  await row.getByText('换过 1 次').or(row.getByText('换过 2 次')).first().waitFor()
}

async function openDesk(page) {
  await signInAs(page, people.reviewer)
  await at(page, 'nav-review').click()
  await at(page, 'declaration-open').click()
  await at(page, 'reading').waitFor()
}

test('a reviewer reads, ticks, marks and returns; the preparer answers; the resubmission shows what changed', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, folder)
    await replaceProof(page, 'category', fixture('发明专利证书.pdf'))
    await submit(page)

    await openDesk(page)
    // The first claim and its proof are open.
    await page.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()
    const counted = await at(page, 'ticks-count').innerText()
    assert.match(counted, /已核对 0\//)
    await picture(page, '阅读台')
    assert.deepEqual(await seriousFindings(page), [])

    // By keyboard alone: proved, next claim, not proved, next piece.
    await page.locator('body').press('Space')
    await at(page, 'ticks-count').getByText('已核对 1/').waitFor()
    await page.locator('body').press('j')
    await page.locator('body').press('2')
    await at(page, 'ticks-count').getByText('已核对 2/').waitFor()
    await page.locator('body').press('k')
    await page.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()

    // A region of the page.
    await at(page, 'viewer-mark').click()
    const box = await page.locator('[data-testid="viewer-pages"] [data-page="1"]').boundingBox()
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.1)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.2, { steps: 4 })
    await page.mouse.up()
    await at(page, 'mark-words').fill(long)
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '阅读台-批注')
    await at(page, 'mark-save').click()
    await at(page, 'page-mark').waitFor()

    // A field of the form, for oneself alone.
    await at(page, 'reading-tab-form').click()
    await at(page, 'mark-name').click()
    await at(page, 'mark-words').fill('名称再想想')
    await at(page, 'mark-shared').uncheck()
    await at(page, 'mark-save').click()
    await at(page, 'mark-dialog').waitFor({ state: 'hidden' })
    await picture(page, '阅读台-表格')
    assert.deepEqual(await seriousFindings(page), [])

    await at(page, 'reading-tab-marks').click()
    assert.equal(await at(page, 'mark-row').count(), 2)
    await at(page, 'marks-find').fill('名称变更')
    assert.equal(await at(page, 'mark-row').count(), 1)
    await at(page, 'marks-find').fill('')

    // The return begins with what was noted; the private mark is not in it.
    await page.locator('h1').first().click()
    await page.locator('body').press('d')
    await at(page, 'review-return').click()
    const suggested = await at(page, 'review-reason').inputValue()
    assert.ok(suggested.includes(long) && suggested.includes('没有证明'), suggested)
    assert.ok(!suggested.includes('名称再想想'))
    await picture(page, '阅读台-退回')
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'review-return-confirm').click()
    await at(page, 'state').getByText('已退回').waitFor()

    await signInAs(page, people.preparer)
    await at(page, 'nav-returned').click()
    await at(page, 'declaration-open').click()
    await at(page, 'returned-marks').getByText('名称变更').waitFor()
    assert.equal(await at(page, 'returned-mark').count(), 1, 'the private mark stays with the reviewer')
    await at(page, 'mark-answer').fill('已补名称变更核准通知书，见换上的扫描件。')
    await at(page, 'mark-answer').press('Tab')
    await page.waitForTimeout(400)
    await picture(page, '退回的批注')
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'field-name').fill('深海耐压钛合金浮力球及其制备方法')
    await replaceProof(page, 'category', fixture('viewers/五页扫描 G4.tif'))
    await submit(page)

    await openDesk(page)
    // What changed stands first.
    await at(page, 'changed-fields').getByText('深海耐压钛合金浮力球及其制备方法').waitFor()
    const replaced = page.locator('[data-testid="changed-evidence"]', { hasText: '换了文件' })
    await replaced.locator('[data-testid="changed-show"]').click()
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="changed-pages"] [data-ready]').length >= 6)
    await picture(page, '阅读台-改了什么')
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'reading-tab-marks').click()
    await at(page, 'mark-answered').getByText('核准通知书').waitFor()
    await picture(page, '阅读台-答复')
    await at(page, 'review-approve').click()
    await at(page, 'state').getByText('单位已通过').waitFor()
  } finally {
    await desk.close()
  }
})

test('the second window follows the first, and what is marked there belongs to the first', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, folder)
    await replaceProof(page, 'category', fixture('发明专利证书.pdf'))
    await submit(page)
    await openDesk(page)
    const popup = page.waitForEvent('popup')
    await at(page, 'reading-second').click()
    const second = await popup
    await second.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()
    await at(page, 'viewer').waitFor({ state: 'detached' })
    const first = await at(second, 'viewer').getAttribute('aria-label')
    await page.locator('body').press(']')
    await second.waitForFunction((before) => document.querySelector('[data-testid="viewer"]').getAttribute('aria-label') !== before, first)
    // Keys of the reading desk work there too.
    await second.locator('body').press('Space')
    await at(page, 'ticks-count').getByText('已核对 1/').waitFor()
    assert.deepEqual(await seriousFindings(second), [])
    await picture(second, '第二个窗口')
    await picture(page, '阅读台-两个窗口')
    await at(page, 'reading-leave').click()
    await at(second, 'second-empty').waitFor()
    await second.close()
  } finally {
    await desk.close()
  }
})
