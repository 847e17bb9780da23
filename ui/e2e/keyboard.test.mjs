// A full declaration without a mouse: from the first question to the open way to review.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, makeUnit, open, picture, seriousFindings } from './support.mjs'

/** Tabs to the element with this test id, as a person does; never further than the screen is long. */
async function tabTo(page, id, back = false) {
  for (let n = 0; n < 80; n += 1) {
    const here = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))
    if (here === id) return
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`no way by Tab to ${id}`)
}
const waitFocus = (page, id) => page.waitForFunction((wanted) => document.activeElement?.getAttribute('data-testid') === wanted, id)

/** Types into a line of text; picks an option by its words as the select does itself. */
async function fill(page, id, text) {
  await tabTo(page, id)
  await page.keyboard.insertText(text)
}
async function choose(page, id, downs) {
  await tabTo(page, id)
  for (let n = 0; n < downs; n += 1) await page.keyboard.press('ArrowDown')
}
async function tick(page, id) {
  await tabTo(page, id)
  await page.keyboard.press('Space')
}
async function press(page, id) {
  await tabTo(page, id)
  await page.keyboard.press('Enter')
}

test('a full declaration is filled in by keyboard alone and reaches the way to review', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await page.mouse.move(0, 0)
    await press(page, 'nav-mine')
    await at(page, 'new-declaration').waitFor()
    await press(page, 'new-declaration')
    await at(page, 'classified-no').waitFor()
    await press(page, 'classified-no')
    await at(page, 'field-name').waitFor()

    await fill(page, 'field-name', '深海耐压钛合金浮力球')
    await page.keyboard.press('F1')
    await waitFocus(page, 'help')
    assert.deepEqual(await seriousFindings(page), [])
    await page.keyboard.press('Escape')
    await waitFocus(page, 'field-name')
    await choose(page, 'field-field', 9)
    await choose(page, 'field-kind', 2)
    await choose(page, 'field-level', 1)
    await choose(page, 'field-research.basis', 1)
    await fill(page, 'field-research.from', '2025.1.1')
    await tabTo(page, 'field-research.to')
    await page.keyboard.press('Alt+ArrowDown')
    await at(page, 'calendar').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '日历')
    await page.keyboard.press('PageUp')
    await page.keyboard.press('Enter')
    await waitFocus(page, 'field-research.to')
    assert.match(await at(page, 'field-research.to').inputValue(), /^\d{4}年\d+月\d+日$/)
    assert.equal(await at(page, 'field-research.from').inputValue(), '2025年1月1日')

    await page.keyboard.press('Alt+2')
    await waitFocus(page, 'field-rights_text')
    await fill(page, 'field-rights_text', '授权发明专利 1 项。')
    await press(page, 'add-right')
    await waitFocus(page, 'field-rights[0].kind')
    await choose(page, 'field-rights[0].kind', 1)
    await fill(page, 'field-rights[0].title', '一种耐压球壳')
    await fill(page, 'field-rights[0].number', 'ZL201310699744.2')
    await fill(page, 'field-rights[0].owners', '青岛海洋装备研究院')
    await fill(page, 'field-rights[0].date', '20250520')
    await tick(page, 'field-right_kinds-invention_patent')
    await choose(page, 'field-publicity.published', 2)

    await page.keyboard.press('Alt+3')
    await waitFocus(page, 'add-project')
    await page.keyboard.press('Enter')
    await waitFocus(page, 'field-projects[0].category')
    await choose(page, 'field-projects[0].category', 1)
    await choose(page, 'field-projects[0].level', 1)
    await fill(page, 'field-projects[0].name', '深海关键技术与装备')
    await fill(page, 'field-projects[0].number', '2021YFC2800001')
    await page.keyboard.press('PageDown')
    await waitFocus(page, 'add-unit')
    await page.keyboard.press('Enter')
    await waitFocus(page, 'field-units[0].name')
    await fill(page, 'field-units[0].name', '青岛海洋装备研究院')
    await choose(page, 'field-units[0].nature', 2)
    await fill(page, 'field-units[0].contact', '王敏')
    await fill(page, 'field-units[0].email', 'wangmin@example.org')
    await fill(page, 'field-units[0].phone', '0532-80001234')
    await fill(page, 'field-units[0].address', '青岛市崂山区科苑路 1 号')
    await choose(page, 'field-ownership.same_as_units', 1)

    await page.keyboard.press('Alt+5')
    await waitFocus(page, 'field-maturity')
    await choose(page, 'field-maturity', 4)
    await choose(page, 'field-needs_transfer', 1)
    await fill(page, 'field-policy_needs', '参加路演')
    await tick(page, 'field-cooperation-joint_development')
    await fill(page, 'field-funding', '120')
    await fill(page, 'field-funding_use', '建设中试线')
    await choose(page, 'field-consent_to_publish', 1)

    await page.keyboard.press('Alt+6')
    await waitFocus(page, 'field-summary')
    await fill(page, 'field-summary', '研制了全海深钛合金浮力球，通过打压试验。')
    await press(page, 'add-researcher')
    await waitFocus(page, 'field-researchers[0].name')
    await fill(page, 'field-researchers[0].name', '王敏')
    await choose(page, 'field-researchers[0].gender', 2)
    await fill(page, 'field-researchers[0].born', '1980年5月')
    await fill(page, 'field-researchers[0].title', '研究员')
    await fill(page, 'field-researchers[0].unit', '青岛海洋装备研究院')

    await page.keyboard.press('Alt+8')
    await waitFocus(page, 'field-commitment.signatory')
    await fill(page, 'field-commitment.signatory', '张建国')
    await fill(page, 'field-commitment.signed_on', '2026/11/2')
    await tabTo(page, 'submit-for-review')
    // All that is left are the scans, which come from the disk; the walk leads to each.
    await page.waitForFunction(() => {
      const left = [...document.querySelectorAll('[data-testid^="finding-"]')]
      return left.length > 0 && left.every((one) => one.textContent.includes('还没有佐证材料'))
    })
    await page.keyboard.press('Control+Enter')
    await at(page, 'submit-dialog').getByText('处理完才能送审').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await page.keyboard.press('Escape')
    await page.keyboard.press('F8')
    await at(page, 'walk-told').getByText('第 1 处，共').waitFor()
    // The map knows what was typed since the form was opened, and the cursor stands at the claim.
    await at(page, 'claim-right:1').waitFor()
    const place = await page.evaluate(() => document.activeElement?.closest('[data-path]')?.getAttribute('data-path'))
    assert.match(place, /^evidence\./)
    await picture(page, '键盘-走查')
    await page.keyboard.press('Control+/')
    await at(page, 'shortcut-sheet').getByText('重做').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '快捷键')
    await page.keyboard.press('Escape')
    assert.match(await at(page, 'saved-at').innerText(), /已保存/)
  } finally {
    await desk.close()
  }
})

test('undo goes back over sections, names what it takes back, and the saved form follows', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await press(page, 'nav-mine')
    await at(page, 'new-declaration').click()
    await at(page, 'classified-no').click()
    await fill(page, 'field-name', '浮力球')
    await page.waitForTimeout(800)
    await page.keyboard.insertText('二号')
    await page.keyboard.press('Alt+6')
    await waitFocus(page, 'field-summary')
    await page.keyboard.insertText('简介')
    await at(page, 'undo').getByText('成果简介').waitFor()
    await page.keyboard.press('Control+z')
    assert.equal(await at(page, 'field-summary').inputValue(), '')
    await page.keyboard.press('Control+z')
    await waitFocus(page, 'field-name')
    assert.equal(await at(page, 'field-name').inputValue(), '浮力球')
    await at(page, 'redo').getByText('成果名称').waitFor()
    await page.keyboard.press('Control+y')
    assert.equal(await at(page, 'field-name').inputValue(), '浮力球二号')
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(1500)
    await page.reload()
    await at(page, 'declaration-open').click()
    assert.equal(await at(page, 'field-name').inputValue(), '浮力球')
    // The steps were saved with the form: they go on after a restart, forth and back.
    await at(page, 'field-name').focus()
    await page.keyboard.press('Control+y')
    assert.equal(await at(page, 'field-name').inputValue(), '浮力球二号')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    assert.equal(await at(page, 'field-name').inputValue(), '')
  } finally {
    await desk.close()
  }
})
