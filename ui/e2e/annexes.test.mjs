// Annexes 2 and 3: what the unit approved, and who is responsible.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { approve, at, complete, importComplete, makeUnit, open, picture, seriousFindings, submit } from './support.mjs'

/** Presses a button that writes a file, and reads what came. */
async function written(page, id) {
  const download = page.waitForEvent('download')
  await at(page, id).click()
  return readFileSync(await (await download).path())
}

test('the month\'s approved achievements and the officers are shown, kept and written', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await at(page, 'nav-annexes').click()
    await at(page, 'annex-empty').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '汇总表-空')
    await importComplete(page, 'basic-research.json')
    await complete(page, folder)
    await submit(page)
    await approve(page)
    await at(page, 'nav-annexes').click()
    await at(page, 'annex-row').waitFor()
    await at(page, 'annex-authority').fill('青岛海洋装备研究院（含深海装备联合实验室与海洋观测数据中心以及黄河三角洲盐碱地综合利用协同创新中心）')
    assert.equal((await written(page, 'annex-batch-pdf')).subarray(0, 5).toString(), '%PDF-')
    assert.equal((await written(page, 'annex-batch-xlsx')).subarray(0, 2).toString(), 'PK')
    await at(page, 'officer-add').click()
    await at(page, 'officer-mobile').fill('13800000000')
    await at(page, 'officer-save').click()
    await at(page, 'failure').getByText('还没有姓名').waitFor()
    assert.equal(await at(page, 'officer-mobile').inputValue(), '13800000000', 'what was typed stays')
    assert.deepEqual(await seriousFindings(page), [])
    await picture(page, '汇总表-错误')
    await at(page, 'officer-name').fill('欧阳明德')
    assert.equal((await written(page, 'annex-liaison-pdf')).subarray(0, 5).toString(), '%PDF-')
    await page.reload()
    await at(page, 'nav-annexes').click()
    await at(page, 'officer-name').waitFor()
    assert.equal(await at(page, 'officer-name').inputValue(), '欧阳明德')
    await picture(page, '汇总表')
  } finally {
    await desk.close()
  }
})
