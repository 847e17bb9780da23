// The summary's limit counts characters as people see them: emoji and rare Han are one each.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, makeUnit, open, picture, seriousFindings } from './support.mjs'

test('a summary of a thousand characters passes with emoji and rare Han in it, and one more is told', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await at(page, 'nav-mine').click()
    await at(page, 'new-declaration').click()
    await at(page, 'classified-no').click()
    await at(page, 'section-summary').click()
    // Beyond the first plane, in UTF-16 two units each; blanks and line ends do not count.
    const mixed = '𠮷野家的𪚥与🌾稻' // 8 characters, 11 UTF-16 units
    const thousand = Array.from({ length: 125 }, () => mixed).join(' \n')
    await at(page, 'field-summary').fill(thousand)
    await at(page, 'summary-count').getByText('1000 / 1000').waitFor()
    const tooLong = () => page.locator('[data-testid^="finding-"]').getByText(/1000\s*字/).count()
    await at(page, 'saved-at').getByText('已保存').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('[data-testid^="finding-"]').length > 0)
    assert.equal(await tooLong(), 0)
    await at(page, 'field-summary').fill(`${thousand}𫍲`)
    await at(page, 'summary-count').getByText('1001 / 1000').waitFor()
    await page.locator('[data-testid^="finding-"]').getByText(/1000\s*字/).first().waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '简介-超出一字')
    // What was typed is what is kept, character by character.
    await at(page, 'nav-mine').click()
    await at(page, 'declaration-open').click()
    await at(page, 'section-summary').click()
    assert.equal(await at(page, 'field-summary').inputValue(), `${thousand}𫍲`)
  } finally {
    await desk.close()
  }
})
