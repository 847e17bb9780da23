// Light and dark, 100 to 200 %: everything can be read and nothing is cut.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join } from 'node:path'
import { answerDialog, at, complete, importComplete, makeUnit, open, people, picture, root, seriousFindings, signInAs, submit } from './support.mjs'

const sections = ['achievement', 'rights', 'projects', 'units', 'cooperation', 'summary', 'evidence', 'commitment']
/** A window of 1280 × 840 at 200 % is one of 640 × 420. */
const sizes = { '1280': [1280, 840], '1024': [1024, 768], '200%': [640, 420] }

/** What reaches over the right edge of the window, by its test id or its words. */
const cut = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth + 1 ? [`page ${document.documentElement.scrollWidth}`] : []
    const over = [...document.querySelectorAll('main button, main input, main select, main textarea, main p, main h1')].filter((one) => {
      const box = one.getBoundingClientRect()
      return box.width > 1 && box.right > window.innerWidth + 1 && !one.closest('.unseen')
    })
    return [...wide, ...over.map((one) => one.dataset.testid ?? one.textContent.slice(0, 30))]
  })

test('every section is whole and readable in light and dark, from 100 to 200 %', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    for (const [name, [width, height]] of Object.entries(sizes)) {
      await page.setViewportSize({ width, height })
      for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme })
        await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, scheme)
        for (const section of sections) {
          await at(page, `section-${section}`).click()
          assert.deepEqual(await cut(page), [], `${section} ${name} ${scheme}`)
          if (name !== '1024') assert.deepEqual(await seriousFindings(page), [], `${section} ${name} ${scheme}`)
          await picture(page, `形-${name}-${scheme}-${section}`)
        }
      }
    }
  } finally {
    await desk.close()
  }
})

test('the reading desk, its marks and the scan tray are whole and readable in light and dark, from 100 to 200 %', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, folder)
    const before = await at(page, 'evidence-row').count()
    await answerDialog(page, () => at(page, 'evidence-add-category').click(), join(root, 'target/fixtures/发明专利证书.pdf'))
    await page.waitForFunction((count) => document.querySelectorAll('[data-testid="evidence-row"]').length === count, before + 1)
    const eachLook = async (name, look) => {
      for (const [size, [width, height]] of Object.entries(sizes)) {
        await page.setViewportSize({ width, height })
        for (const scheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme: scheme })
          await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, scheme)
          await look(`${name} ${size} ${scheme}`)
        }
      }
    }
    const whole = async (name) => {
      assert.deepEqual(await cut(page), [], name)
      assert.deepEqual(await seriousFindings(page), [], name)
      await picture(page, `形-${name}`)
    }
    await at(page, 'evidence-scan').click()
    await at(page, 'scan-empty').waitFor()
    await eachLook('扫描台', whole)
    await at(page, 'scan-close').click()
    await submit(page)
    await signInAs(page, people.reviewer)
    await at(page, 'nav-received').click()
    await at(page, 'received-empty').waitFor()
    await eachLook('收到的', whole)
    await at(page, 'nav-review').click()
    await at(page, 'declaration-open').click()
    await at(page, 'viewer').waitFor()
    await at(page, 'piece').selectOption({ index: await at(page, 'piece').locator('option').count() - 1 })
    await page.locator('[data-testid="viewer-pages"] [data-page="1"][data-ready]').waitFor()
    await at(page, 'viewer-mark-page').click()
    await at(page, 'mark-words').fill('字'.repeat(120))
    await at(page, 'mark-save').click()
    await at(page, 'mark-dialog').waitFor({ state: 'hidden' })
    for (const tab of ['claims', 'form', 'marks']) {
      await at(page, `reading-tab-${tab}`).click()
      await eachLook(`阅读台-${tab}`, whole)
    }
  } finally {
    await desk.close()
  }
})

test('three columns at 1280; at 1024 the right one folds and unfolds; at 200 % one column', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    const left = (selector) => page.locator(selector).evaluate((one) => Math.round(one.getBoundingClientRect().left))
    assert.equal(await page.locator('.missing').isVisible(), true)
    assert.ok((await left('.sections')) < (await left('.middle')) && (await left('.middle')) < (await left('.missing')))
    await page.setViewportSize({ width: 1024, height: 768 })
    assert.equal(await page.locator('.missing').isVisible(), false)
    await at(page, 'fold').click()
    assert.equal(await page.locator('.missing').isVisible(), true)
    await picture(page, '右栏展开-1024')
    await at(page, 'fold').click()
    assert.equal(await page.locator('.missing').isVisible(), false)
    await page.setViewportSize({ width: 640, height: 420 })
    assert.equal(await left('.sections'), await left('.middle'))
  } finally {
    await desk.close()
  }
})

test('a clause shows what the notice asks and gives the focus back; the chosen colours outlast a reload', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await at(page, 'nav-mine').click()
    await at(page, 'new-declaration').click()
    await at(page, 'classified-no').click()
    await at(page, 'finding-0').waitFor()
    const clause = page.locator('.missing [data-testid="clause"]').getByText('一（二）').first()
    await clause.click()
    await at(page, 'clause-dialog').getByText('两年内').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '条款')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'clause')
    await at(page, 'nav-settings').click()
    await at(page, 'theme-dark').check()
    assert.deepEqual(await seriousFindings(page), [])
    await page.reload()
    await at(page, 'lock').waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark')
  } finally {
    await desk.close()
  }
})
