// The direct track, clause 二（六）, and text that is no date yet.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, importComplete, makeUnit, open, picture, seriousFindings } from './support.mjs'

test('a prize names contest, edition and place, asks for its certificate, and goes with one key', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await at(page, 'field-prize').check()
    await at(page, 'field-prize.contest').selectOption('innovation_shandong')
    await at(page, 'field-prize.edition').fill('第十四届')
    await at(page, 'field-prize.place').fill('51')
    await page.locator('[data-testid^="finding-"]').getByText('名次应在 1 到 50 之间').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '直通车')
    await at(page, 'field-prize.place').fill('50')
    await page.locator('[data-testid^="finding-"]').getByText('名次应在 1 到 50 之间').waitFor({ state: 'detached' })
    await at(page, 'section-evidence').click()
    await at(page, 'claim-prize').getByText('获奖证书').waitFor()
    await picture(page, '直通车-佐证')
    await at(page, 'section-achievement').click()
    await at(page, 'field-prize').uncheck()
    await at(page, 'undo').getByText('直通车').click()
    assert.equal(await at(page, 'field-prize.edition').inputValue(), '第十四届')
  } finally {
    await desk.close()
  }
})

test('text that is no date yet stands there after a restart, with what is wrong', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await at(page, 'field-research.to').fill('去年春天')
    await at(page, 'field-name').focus()
    await page.waitForTimeout(1500)
    await page.reload()
    await at(page, 'declaration-open').click()
    await at(page, 'field-research.to').waitFor()
    assert.equal(await at(page, 'field-research.to').inputValue(), '去年春天')
    await at(page, 'field-research.to').fill('2025年3月1日')
    await at(page, 'field-name').focus()
    assert.equal(await at(page, 'field-research.to').inputValue(), '2025年3月1日')
  } finally {
    await desk.close()
  }
})
