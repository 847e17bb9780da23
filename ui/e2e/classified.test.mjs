// A classified result at the screens: marked by two, sealed by two, carried, opened, ruled on, and
// told back. Nothing of it is copied, and every screen says its mark and who looks.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { handOver, importClassified, makeKey, makeOffice, people, saved, seal, takeCard } from './classified.mjs'
import { answerDialog, approve, at, complete, openClassified, picture, seriousFindings, signInAs, submit } from './support.mjs'

/** The only file on the medium of a desk: in a browser that is one folder for all. */
function sealedIn(desk) {
  const medium = join(desk.folder, 'vaults/备份')
  const found = readdirSync(medium)
  assert.equal(found.length, 1, `one package and nothing else on the medium: ${found}`)
  return join(medium, found[0])
}

test('a classified result is marked, sealed, handed over, opened, ruled on and signed for', async () => {
  const [unit, bureau] = [await openClassified(), await openClassified()]
  try {
    for (const desk of [unit, bureau]) await makeOffice(desk.page)
    const own = await makeKey(unit.page, unit.folder, '研究院 专管岗')
    const theirs = await makeKey(bureau.page, bureau.folder, '科技局 成果处')
    await takeCard(unit.page, theirs, '青岛市科学技术局')
    await takeCard(bureau.page, own, '青岛海洋装备研究院')
    assert.deepEqual(await seriousFindings(unit.page), [])
    await picture(unit.page, '密钥与证书')

    // Marked by two persons: nothing is chosen beforehand, every attachment is answered.
    const { page, folder } = unit
    await signInAs(page, people.preparer)
    await importClassified(page, folder)
    await complete(page, folder)
    await at(page, 'band-marking').getByText('未定密').waitFor()
    await at(page, 'section-secrecy').click()
    await at(page, 'secrecy-determine').click()
    assert.equal(await at(page, 'propose-form').locator('input:checked').count(), 0)
    assert.equal(await at(page, 'propose-confirm').isDisabled(), true)
    await at(page, 'mark-level-secret').check()
    await at(page, 'mark-term-years').check()
    await at(page, 'mark-years').fill('10')
    const parts = await page.locator('fieldset[data-testid^="part-"]').count()
    for (let n = 0; n < parts; n++) await at(page, `part-${n}-none`).check()
    await at(page, 'mark-date').fill('2026-11-20')
    await at(page, 'mark-basis').fill('科学技术保密事项范围')
    for (const who of [people.reviewer, people.officer]) await at(page, `scope-${who.name}`).check()
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'propose-confirm').click()
    await at(page, 'proposal-pending').waitFor()
    assert.equal(await at(page, 'decide-approve').count(), 0)
    await signInAs(page, people.decider)
    await at(page, 'decide-open').click()
    await at(page, 'decide-approve').click()
    await at(page, 'decide-told').waitFor()

    // The mark is on the screen, the watermark over page and dialog, and nothing is copied.
    await signInAs(page, people.preparer)
    await at(page, 'declaration-row').getByText('机密★10年').waitFor()
    await at(page, 'declaration-open').click()
    await at(page, 'band-marking').getByText('机密★10年').waitFor()
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-preview').first().click()
    await at(page, 'viewer-text').waitFor()
    const drawn = await page.evaluate(() => [document.body, document.querySelector('dialog[open]')].map((one) => getComputedStyle(one, '::after')).map((style) => [style.backgroundImage.includes(encodeURIComponent('王敏')), style.pointerEvents, style.position]))
    assert.deepEqual(drawn, [[true, 'none', 'fixed'], [true, 'none', 'fixed']])
    const copied = await page.evaluate(() => {
      getSelection().selectAllChildren(document.querySelector('[data-testid="viewer-text"]'))
      const event = new ClipboardEvent('copy', { bubbles: true, cancelable: true })
      document.querySelector('[data-testid="viewer-text"]').dispatchEvent(event)
      return !event.defaultPrevented
    })
    assert.equal(copied, false)
    await at(page, 'guard-told').getByText('没有复制').waitFor()
    await picture(page, '水印和密级')
    await at(page, 'preview-close').click()
    await submit(page)
    await approve(page)

    // Sealed by two persons, and every step of the hand-over is entered.
    await signInAs(page, people.officer)
    await at(page, 'nav-seal').click()
    await at(page, 'seal-choose').check()
    await at(page, 'seal-summary').getByText('机密★10年').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '封装')
    await seal(page)
    await handOver(page)
    await picture(page, '移交登记')
    const carried = sealedIn(unit)

    // The bureau sees what it is without a key, opens it, and rules on it.
    {
      const { page } = bureau
      await at(page, 'nav-received').click()
      await answerDialog(page, () => at(page, 'sealed-pick').click(), carried)
      await at(page, 'sealed-marking').getByText('机密★10年').waitFor()
      assert.deepEqual(await seriousFindings(page), [])
      await at(page, 'sealed-knower').first().waitFor()
      await page.getByLabel(people.reviewer.name).check()
      await picture(page, '密封包封面')
      await at(page, 'sealed-open').click()
      await at(page, 'received-row').getByText('机密★10年').waitFor()
      await signInAs(page, people.reviewer)
      await at(page, 'nav-received').click()
      await at(page, 'received-open').click()
      await at(page, 'band-marking').getByText('机密★10年').waitFor()
      await at(page, 'ruling-recommend').click()
      await at(page, 'ruling-confirm').click()
      await at(page, 'reply-waits').waitFor()
      await signInAs(page, people.officer)
      await at(page, 'nav-register').click()
      const code = await at(page, 'register-code').innerText()
      await saved(page, 'receipt-write', join(bureau.folder, '回执.p7s'))

      // The sender's register takes the code that was read over.
      await at(unit.page, 'step-signed_for').click()
      await at(unit.page, 'step-code').fill(code)
      await at(unit.page, 'step-confirm').click()
      await at(unit.page, 'register-state').getByText('已签收').waitFor()

      // And the ruling goes back the same way.
      await at(page, 'nav-seal').click()
      await at(page, 'seal-item').getByText('审核意见').waitFor()
      await at(page, 'seal-choose').check()
      await at(page, 'seal-summary').waitFor()
      await seal(page)
      await handOver(page)
    }
    await at(page, 'nav-received').click()
    await answerDialog(page, () => at(page, 'sealed-pick').click(), sealedIn(bureau))
    await at(page, 'sealed-open').click()
    await at(page, 'sealed-register').waitFor()
    await signInAs(page, people.preparer)
    await at(page, 'declaration-open').click()
    await at(page, 'state').getByText('已推荐').waitFor()
    assert.equal(await at(page, 'ruling').getAttribute('data-state'), 'in_force')
    await picture(page, '审核意见带回')
  } finally {
    await Promise.all([unit.close(), bureau.close()])
  }
})
