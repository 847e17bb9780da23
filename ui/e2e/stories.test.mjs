// The desk in a browser, on the real core behind the bridge.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { account, answerDialog, approve, at, complete, importComplete, makeUnit, open, people, picture, seriousFindings, signInAs, submit } from './support.mjs'

test('what is typed is saved within a second and found again after a reload', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await at(page, 'nav-mine').click()
    await at(page, 'new-declaration').click()
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'classified-no').click()
    await at(page, 'field-name').pressSequentially('深海耐压钛合金浮力球')
    await page.waitForTimeout(1500)
    assert.match(await at(page, 'saved-at').innerText(), /^已保存 \d\d:\d\d:\d\d$/)
    await at(page, 'section-summary').click()
    await at(page, 'field-summary').fill(`${'字'.repeat(1001)} \n`)
    assert.equal(await at(page, 'summary-count').innerText(), '1001 / 1000 字')
    await page.getByText('超过 1000 字').first().waitFor()
    await at(page, 'section-achievement').click()
    await page.keyboard.press('F8')
    await page.waitForFunction(() => document.activeElement?.tagName === 'SELECT')
    await page.waitForTimeout(1200)
    await page.reload()
    await at(page, 'declaration-open').click()
    assert.equal(await at(page, 'field-name').inputValue(), '深海耐压钛合金浮力球')
  } finally {
    await desk.close()
  }
})

test('evidence comes in with progress, an empty file is refused by name and stops no other', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-empty').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    const files = ['空文件.pdf', '检测 报告（第二次修订，含附录与原始记录，名称很长用来看换行）.txt', '同样内容.txt'].map((name) => join(folder, name))
    writeFileSync(files[0], '')
    writeFileSync(files[1], '检测报告')
    writeFileSync(files[2], '检测报告')
    await answerDialog(page, () => at(page, 'evidence-add-category').click(), files)
    await page.getByText('空文件（0 字节）').waitFor()
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="evidence-row"]').length === 2)
    await page.getByText('内容相同').first().waitFor()
    await at(page, 'evidence-preview').first().click()
    await at(page, 'preview').getByText('检测报告').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
  } finally {
    await desk.close()
  }
})

test('a return reaches the preparer with its reason; the preparer cannot approve', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, folder)
    await submit(page)
    assert.equal(await at(page, 'review-approve').count(), 0)
    await signInAs(page, people.reviewer)
    await at(page, 'nav-review').click()
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'declaration-open').click()
    await at(page, 'review-return').click()
    await at(page, 'review-reason').fill('第 1 项专利证书缺第二页，请补扫。')
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'review-return-confirm').click()
    await at(page, 'state').getByText('已退回').waitFor()
    await signInAs(page, people.preparer)
    await at(page, 'nav-returned').click()
    await at(page, 'declaration-open').click()
    await at(page, 'return-reason').getByText('缺第二页').waitFor()
  } finally {
    await desk.close()
  }
})

test('a wrong password says so, then the package arrives and the receipt lists its digests', async () => {
  const desk = await open()
  try {
    const { page, folder, endpoint } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await complete(page, folder)
    await submit(page)
    await approve(page)
    await at(page, 'nav-sync').click()
    await at(page, 'sync-endpoint').fill(endpoint)
    await at(page, 'sync-account').fill(account.name)
    await at(page, 'sync-password').fill('wrong-Wrong-1')
    await at(page, 'sync-login').click()
    await at(page, 'failure').getByText('账号或密码不对').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'sync-password').fill(account.password)
    await at(page, 'sync-login').click()
    await at(page, 'outbox-step').getByText('回执已核验').waitFor()
    await at(page, 'receipt-open').click()
    await at(page, 'receipt-dialog').getByText('签名已核验').waitFor()
    const text = await at(page, 'receipt-dialog').innerText()
    assert.match(text, /青岛市科学技术局/)
    assert.match(text, /[0-9a-f]{64}/)
    assert.deepEqual(await seriousFindings(page), [])
    await at(page, 'receipt-close').click()
    await signInAs(page, people.preparer)
    await at(page, 'nav-audit').click()
    await at(page, 'audit-verify').click()
    await at(page, 'audit-report').getByText('首尾相接').waitFor()
    await at(page, 'audit-record').getByText('审核通过').first().waitFor()
    await picture(page, '操作记录')
    assert.deepEqual(await seriousFindings(page), [])
  } finally {
    await desk.close()
  }
})
