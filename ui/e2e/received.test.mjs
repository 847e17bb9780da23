// A package from a medium: verified before it is shown, read and marked offline; a damaged one is
// listed with what is wrong and leaves nothing.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { answerDialog, approve, at, complete, importComplete, makeUnit, open, people, picture, root, seriousFindings, signInAs, submit } from './support.mjs'

test('a package from a medium is verified, read and marked; a damaged one is refused by its file', async () => {
  const [unit, bureau] = [await open(), await open()]
  try {
    const good = join(bureau.folder, '深海耐压浮力球 成果包（青岛海洋装备研究院交来，名称很长）.zip')
    {
      const { page, folder } = unit
      await makeUnit(page)
      await importComplete(page, 'basic-research.json')
      await complete(page, folder)
      await at(page, 'section-evidence').click()
      const before = await at(page, 'evidence-row').count()
      await answerDialog(page, () => at(page, 'evidence-add-category').click(), join(root, 'target/fixtures/发明专利证书.pdf'))
      await page.waitForFunction((count) => document.querySelectorAll('[data-testid="evidence-row"]').length === count, before + 1)
      await submit(page)
      await approve(page)
      await at(page, 'reading-leave').click()
      await at(page, 'section-commitment').click()
      const coming = page.waitForEvent('download')
      await at(page, 'export-package').click()
      await (await coming).saveAs(good)
    }
    const bytes = readFileSync(good)
    const damaged = join(bureau.folder, '拷坏了的成果包.zip')
    const broken = Buffer.from(bytes)
    broken[Math.floor(broken.length / 2)] ^= 1
    writeFileSync(damaged, broken)
    const cut = join(bureau.folder, '只拷了一半.zip')
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2))

    const { page } = bureau
    await makeUnit(page)
    await signInAs(page, people.reviewer)
    await at(page, 'nav-received').click()
    await at(page, 'received-empty').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await answerDialog(page, () => at(page, 'received-take').click(), [damaged, good, cut])
    await at(page, 'received-row').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="refused-row"]').length === 2)
    await at(page, 'refused-row').getByText('与清单不符').or(at(page, 'refused-row').getByText('前后矛盾')).first().waitFor()
    await at(page, 'refused-row').getByText('被截断').first().waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '收到的')
    // The same again changes nothing.
    await answerDialog(page, () => at(page, 'received-take').click(), [good])
    await page.getByText('以前已经收下').waitFor()
    assert.equal(await at(page, 'received-row').count(), 1)

    await at(page, 'received-open').click()
    await at(page, 'viewer').waitFor()
    await at(page, 'state').getByText('收到的成果包').waitFor()
    assert.equal(await at(page, 'review-bar').count(), 0)
    await page.locator('body').press('Space')
    await at(page, 'ticks-count').getByText('已核对 1/').waitFor()
    await at(page, 'reading-tab-form').click()
    await at(page, 'mark-name').click()
    await at(page, 'mark-words').fill('请核对名称')
    await at(page, 'mark-save').click()
    await at(page, 'mark-dialog').waitFor({ state: 'hidden' })
    await at(page, 'piece').selectOption({ index: await at(page, 'piece').locator('option').count() - 1 })
    await page.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '收到的-阅读')
    await at(page, 'nav-received').click()
    await at(page, 'refused-forget').first().click()
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="refused-row"]').length === 1)
    await at(page, 'received-let-go').click()
    await at(page, 'received-let-go-sure').click()
    await at(page, 'received-row').waitFor({ state: 'detached' })
  } finally {
    await unit.close()
    await bureau.close()
  }
})
