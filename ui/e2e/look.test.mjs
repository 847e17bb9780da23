// Light and dark, 100 to 200 %: everything can be read and nothing is cut.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, importComplete, makeUnit, open, picture, seriousFindings } from './support.mjs'

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
