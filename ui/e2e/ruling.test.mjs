// The authority rules offline; what came second is told as such; a return reaches the unit with its marks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, at, bureauAccount, complete, importComplete, makeUnit, open, people, picture, seriousFindings, signInAs, signInAtEndpoint, submit } from './support.mjs'

const reason = '应用证明只有一家单位出具，请补充另外两家应用单位盖章的证明，并写明应用起止时间和规模；专利权人与完成单位不一致处请附变更证明。'

async function bureau(endpoint) {
  const desk = await open(endpoint)
  const { page } = desk
  await makeUnit(page)
  await signInAs(page, people.reviewer)
  await signInAtEndpoint(page, endpoint, bureauAccount)
  await at(page, 'nav-received').click()
  await at(page, 'received-open').click()
  await at(page, 'ruling-bar').waitFor()
  return desk
}

async function rule(page, kind, words) {
  await at(page, `ruling-${kind}`).click()
  if (words) await at(page, 'ruling-reason').fill(words)
  await at(page, 'ruling-confirm').click()
}
const ruling = (page, state) => page.locator(`[data-testid="ruling"][data-state="${state}"]`)

test('two reviewers of a bureau rule apart: the second is told, nothing counts twice, the unit corrects', async () => {
  const unit = await open()
  let first, second
  try {
    await makeUnit(unit.page)
    await importComplete(unit.page, 'basic-research.json')
    await complete(unit.page, unit.folder)
    await submit(unit.page)
    await approve(unit.page)
    await signInAtEndpoint(unit.page, unit.endpoint)
    await unit.page.getByText('成果包都已送达').first().waitFor()

    first = await bureau(unit.endpoint)
    second = await bureau(unit.endpoint)
    const { page } = first
    // Offline: signed out. A mark begins the return.
    await at(page, 'nav-sync').click()
    await at(page, 'sync-logout').click()
    await at(page, 'sync-login').waitFor()
    await at(page, 'nav-received').click()
    await at(page, 'received-open').click()
    await at(page, 'reading-tab-form').click()
    await at(page, 'mark-name').click()
    await at(page, 'mark-words').fill('请落脚到技术或产品')
    await at(page, 'mark-save').click()
    await at(page, 'mark-dialog').waitFor({ state: 'hidden' })
    // A veto asks for its ground and its facts.
    await at(page, 'ruling-veto').click()
    assert.equal(await at(page, 'ruling-confirm').isDisabled(), true)
    await at(page, 'ground-rights_dispute').check()
    assert.equal(await at(page, 'ruling-confirm').isDisabled(), true)
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '审核意见-一票否决')
    await at(page, 'ruling-return').click()
    assert.match(await at(page, 'ruling-reason').inputValue(), /请落脚到技术或产品/)
    await at(page, 'ruling-reason').fill(reason)
    await at(page, 'ruling-confirm').click()
    await ruling(page, 'waiting').waitFor()
    await at(page, 'state').getByText('已退回（待送出）').waitFor()
    await picture(page, '审核意见-待送出')

    // The other desk was faster.
    await rule(second.page, 'hold')
    await ruling(second.page, 'in_force').waitFor()
    await at(second.page, 'state').getByText('主管部门暂留').waitFor()

    await signInAtEndpoint(page, unit.endpoint, bureauAccount)
    await at(page, 'nav-received').click()
    await at(page, 'received-open').click()
    await ruling(page, 'superseded').getByText('先提出了“暂留”').waitFor()
    await ruling(page, 'in_force').waitFor()
    await at(page, 'state').getByText('主管部门暂留').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '审核意见-没有生效')
    // It is ruled again, now with effect.
    await rule(page, 'return', reason)
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="ruling"][data-state="in_force"]').length === 2)
    assert.equal(await at(page, 'ruling-bar').count(), 0)

    // At the unit: the reason, who said it, and the mark to answer.
    await at(unit.page, 'sync-now').click()
    await signInAs(unit.page, people.preparer)
    await at(unit.page, 'nav-returned').click()
    await at(unit.page, 'declaration-open').click()
    await at(unit.page, 'return-reason').getByText('青岛市科学技术局').waitFor()
    await at(unit.page, 'return-reason').getByText(reason).waitFor()
    await at(unit.page, 'mark-answer').fill('改为装备名称')
    await at(unit.page, 'mark-answer').press('Tab')
    assert.deepEqual(await seriousFindings(unit.page), [])
    await picture(unit.page, '审核意见-退回到单位')
  } finally {
    await unit.close()
    await first?.close()
    await second?.close()
  }
})
