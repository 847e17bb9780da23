// Once only, clause 二（一）: two desks that know each other through the endpoint alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, at, complete, importComplete, makeUnit, open, picture, seriousFindings, signInAtEndpoint, submit } from './support.mjs'

/** Opens the list's first declaration. */
async function openFirst(page) {
  await at(page, 'nav-mine').click()
  await at(page, 'declaration-open').first().click()
  await at(page, 'field-name').waitFor()
}

test('what another desk sent is found before submission, asks for a reason, and is shown to the reviewer', async () => {
  const first = await open()
  const second = await open(first.endpoint)
  try {
    let { page } = first
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, first.folder)
    await submit(page)
    await approve(page)
    await signInAtEndpoint(page, first.endpoint)
    await at(page, 'outbox-step').getByText('回执已核验').waitFor()

    page = second.page
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, second.folder)
    await at(page, 'elsewhere').getByText('只送出名称和编号的摘要').waitFor()
    await at(page, 'elsewhere-ask').click()
    await at(page, 'elsewhere').getByText('还没有登录接收端').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '查重-未登录')
    await signInAtEndpoint(page, first.endpoint)
    await openFirst(page)
    await at(page, 'section-commitment').click()
    // Opening the submission dialog asks by itself.
    await at(page, 'submit-for-review').click()
    await at(page, 'submit-dialog').getByText('处理完才能送审').waitFor()
    await picture(page, '查重-送审')
    await page.keyboard.press('Escape')
    assert.equal(await at(page, 'elsewhere-twin').count(), 1)
    assert.match(await at(page, 'elsewhere-twin').innerText(), /SDCG-/)
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '查重-结果')

    await at(page, 'section-achievement').click()
    await at(page, 'field-name').fill('另一项名称很长很长的成果：面向黄河三角洲盐碱地的耐盐碱作物种质资源精准鉴定、基因编辑育种与规模化种植全链条关键技术')
    await at(page, 'elsewhere-told').getByText('再查一次').waitFor()
    await picture(page, '查重-已改')
  } finally {
    await second.close()
    await first.close()
  }
})
