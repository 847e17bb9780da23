// What makes a person trust the vault: finding things, the recycle bin, people and officers, records, backups.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { answerDialog, at, importComplete, makeUnit, open, people, picture, seriousFindings, signInAs, submit } from './support.mjs'

const officer = { name: '赵芳', passphrase: 'Bao-Mi-2026-yuan' }
const auditor = { name: '孙立', passphrase: 'Shen-Ji-2026-yuan' }

async function add(page, person, role, mine = true) {
  await at(page, 'nav-people').click()
  await at(page, 'people-name').fill(person.name)
  await at(page, 'people-role').selectOption(role)
  await at(page, 'people-passphrase').fill(person.passphrase)
  await at(page, mine ? 'people-typed-self' : 'people-typed-other').check()
  await at(page, 'people-add').click()
  await at(page, 'people-told').getByText(person.name).waitFor()
}

const clean = async (page) => assert.deepEqual(await seriousFindings(page), [])

test('Ctrl+K finds an achievement by words, pinyin and number from anywhere, and says when there is none', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    const name = await at(page, 'field-name').inputValue()
    await at(page, 'nav-settings').click()
    await page.keyboard.press('Control+k')
    await at(page, 'search-text').fill(name.slice(2, 6))
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="search-hit"] mark').length > 0)
    assert.equal(await page.locator('[data-testid="search-hit"] mark').first().textContent(), name.slice(2, 6))
    await picture(page, '查找')
    await clean(page)
    await at(page, 'search-text').fill('没有这种成果')
    await at(page, 'search-empty').waitFor()
    await picture(page, '查找-没有')
    await at(page, 'search-text').fill('qdhy')
    await at(page, 'search-hit').waitFor()
    await at(page, 'search-state').selectOption('review')
    await at(page, 'search-empty').waitFor()
    await at(page, 'search-state').selectOption('')
    await at(page, 'search-hit').waitFor()
    await at(page, 'search-text').focus()
    await page.keyboard.press('Enter')
    await at(page, 'field-name').waitFor()
    assert.equal(await at(page, 'field-name').inputValue(), name)
  } finally {
    await desk.close()
  }
})

test('a draft and a piece of evidence go to the recycle bin and come back', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await at(page, 'nav-bin').click()
    await at(page, 'empty').waitFor()
    await picture(page, '回收站-空')
    await importComplete(page, 'basic-research.json')
    await at(page, 'section-evidence').click()
    const file = join(folder, '查新报告（国家一级科技查新咨询单位出具，二〇二六年十一月，含附件三份）.txt')
    writeFileSync(file, '内容')
    await answerDialog(page, () => at(page, 'evidence-add').click(), file)
    await at(page, 'evidence-row').waitFor()
    await at(page, 'evidence-extract-all').click()
    await at(page, 'evidence-gone').getByText('已取出 1 份材料').waitFor()
    await picture(page, '全部取出')
    await at(page, 'evidence-remove').click()
    await at(page, 'evidence-gone').waitFor()
    await at(page, 'evidence-empty').waitFor()
    await at(page, 'nav-bin').click()
    await at(page, 'bin-row').waitFor()
    await at(page, 'bin-restore').click()
    await at(page, 'bin-told').waitFor()
    await at(page, 'empty').waitFor()
    await at(page, 'nav-mine').click()
    await at(page, 'declaration-discard').click()
    await at(page, 'discard-confirm').click()
    await at(page, 'list-told').waitFor()
    await at(page, 'nav-bin').click()
    await at(page, 'bin-row').getByText('还有 30 天').waitFor()
    await picture(page, '回收站')
    await clean(page)
    await at(page, 'bin-restore').click()
    await at(page, 'nav-mine').click()
    await at(page, 'declaration-open').click()
    await at(page, 'section-evidence').click()
    assert.equal(await at(page, 'evidence-row').count(), 1)
    await at(page, 'nav-mine').click()
    await at(page, 'declaration-discard').click()
    await at(page, 'discard-confirm').click()
    await at(page, 'nav-bin').click()
    await at(page, 'bin-purge').click()
    await picture(page, '回收站-彻底删除')
    await at(page, 'bin-purge-confirm').click()
    await at(page, 'empty').waitFor()
  } finally {
    await desk.close()
  }
})

test('what changed since the last submission is shown field by field and piece by piece', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    const { complete } = await import('./support.mjs')
    await complete(page, desk.folder)
    await submit(page)
    await at(page, 'withdraw').click()
    await at(page, 'section-achievement').click()
    await at(page, 'changes').click()
    await at(page, 'changes-none').waitFor()
    await at(page, 'changes-close').click()
    const name = await at(page, 'field-name').inputValue()
    await at(page, 'field-name').fill(`${name}及其在深远海养殖装备上的示范应用`)
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-remove').first().click()
    await at(page, 'evidence-gone').waitFor()
    await at(page, 'changes').click()
    await at(page, 'changes-row').getByText('示范应用').waitFor()
    await at(page, 'changes-evidence').getByText('移除').waitFor()
    assert.equal(await at(page, 'changes-row').count(), 1)
    await picture(page, '与上次送审比较')
    await clean(page)
  } finally {
    await desk.close()
  }
})

test('officers: a person set by others changes the passphrase first, two officers reset one, the auditor sees the records alone', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await add(page, officer, 'security-officer')
    await add(page, auditor, 'auditor', false)
    await picture(page, '人员')
    await clean(page)
    // A role that does not go with another is refused in words.
    await at(page, 'person-change').nth(3).click()
    await at(page, 'role-preparer').check()
    await at(page, 'roles-save').click()
    await page.getByText('安全审计员不能兼任其他角色').waitFor()
    await picture(page, '人员-角色冲突')
    await at(page, 'person-close').click()
    // Reset of the reviewer's passphrase: with a wrong one of the officer, then with the right one.
    await at(page, 'person-change').nth(1).click()
    await at(page, 'reset-passphrase').fill('Lin-Shi-2026-mima')
    await at(page, 'reset-officer-passphrase').fill('wrong')
    await at(page, 'reset').click()
    await page.getByText('密码不对').waitFor()
    await at(page, 'reset-officer-passphrase').fill(officer.passphrase)
    await at(page, 'reset').click()
    await at(page, 'people-told').getByText('已重设').waitFor()
    await at(page, 'lock').click()
    await at(page, 'unlock-person').fill(people.reviewer.name)
    await at(page, 'unlock-passphrase').fill('Lin-Shi-2026-mima')
    await at(page, 'unlock-submit').click()
    await at(page, 'passphrase-due').waitFor()
    await picture(page, '先换密码')
    await clean(page)
    await at(page, 'passphrase-old').fill('Lin-Shi-2026-mima')
    await at(page, 'passphrase-new').fill('Lin-Shi-2026-mima')
    await at(page, 'passphrase-again').fill('Lin-Shi-2026-mima')
    await at(page, 'passphrase-change').click()
    await page.getByText('最近用过').waitFor()
    await at(page, 'passphrase-new').fill('Xin-Mi-Ma-2026')
    await at(page, 'passphrase-again').fill('Xin-Mi-Ma-2026')
    await at(page, 'passphrase-change').click()
    await at(page, 'nav-review').waitFor()
    assert.equal(await at(page, 'nav-audit').count(), 0)
    // The auditor: records, people, nothing of the achievements.
    await at(page, 'lock').click()
    await at(page, 'unlock-person').fill(auditor.name)
    await at(page, 'unlock-passphrase').fill(auditor.passphrase)
    await at(page, 'unlock-submit').click()
    await at(page, 'passphrase-old').fill(auditor.passphrase)
    await at(page, 'passphrase-new').fill('Zi-Ji-De-2026')
    await at(page, 'passphrase-again').fill('Zi-Ji-De-2026')
    await at(page, 'passphrase-change').click()
    await at(page, 'audit-record').getByText('重设密码').waitFor()
    assert.equal(await at(page, 'nav-mine').count(), 0)
    await at(page, 'audit-verify').click()
    await at(page, 'audit-report').getByText('首尾相接').waitFor()
    await picture(page, '操作记录')
    await clean(page)
  } finally {
    await desk.close()
  }
})

test('five wrong passphrases make the person wait, and the window says until when', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await at(page, 'lock').click()
    for (let n = 0; n < 6; n += 1) {
      await at(page, 'unlock-person').fill(people.reviewer.name)
      await at(page, 'unlock-passphrase').fill(`wrong ${n}`)
      await at(page, 'unlock-submit').click()
      await at(page, 'failure').getByText(n < 5 ? '姓名或密码不对' : '之前不能再试').waitFor()
      await page.waitForFunction(() => !document.querySelector('[data-testid="unlock-submit"]').disabled)
    }
    await picture(page, '登录-锁定')
    await at(page, 'unlock-person').fill(people.preparer.name)
    await at(page, 'unlock-passphrase').fill(people.preparer.passphrase)
    await at(page, 'unlock-submit').click()
    await at(page, 'nav-mine').waitFor()
  } finally {
    await desk.close()
  }
})

test('a backup is made, checked and brought back; a damaged vault gives out what is readable', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await at(page, 'nav-mine').click()
    await at(page, 'backup-due').waitFor()
    await picture(page, '我的成果-提醒备份')
    await at(page, 'backup-go').click()
    await at(page, 'backup-make').click()
    await at(page, 'job-remark').getByText('读回核对过').waitFor()
    await at(page, 'backup-state').getByText('上次备份').waitFor()
    await at(page, 'status-backup').getByText('今天备份过').waitFor()
    await at(page, 'vault-check').click()
    await at(page, 'vault-whole').waitFor()
    await picture(page, '备份与安全')
    await page.setViewportSize({ width: 1280, height: 2000 })
    await picture(page, '备份与安全-全')
    await page.setViewportSize({ width: 1280, height: 840 })
    await clean(page)
    await at(page, 'nav-mine').click()
    await at(page, 'declaration-discard').click()
    await at(page, 'discard-confirm').click()
    await at(page, 'list-told').waitFor()
    // Back from the backup, in the place of the vault.
    await at(page, 'lock').click()
    await at(page, 'unlock-restore').click()
    await at(page, 'restore-pick').click()
    await at(page, 'restore-folder').waitFor()
    await at(page, 'restore-person').fill(people.preparer.name)
    await at(page, 'restore-passphrase').fill('wrong passphrase')
    await at(page, 'restore-replace').selectOption({ index: 1 })
    await at(page, 'restore-submit').click()
    await at(page, 'job-fault').getByText('姓名或密码不对').waitFor()
    await at(page, 'restore-passphrase').fill(people.preparer.passphrase)
    await at(page, 'restore-submit').click()
    await at(page, 'restore-open').waitFor()
    await picture(page, '恢复')
    await at(page, 'restore-open').click()
    await at(page, 'unlock-person').fill(people.preparer.name)
    await at(page, 'unlock-passphrase').fill(people.preparer.passphrase)
    await at(page, 'unlock-submit').click()
    await at(page, 'declaration-row').waitFor()
    const vaults = join(folder, 'vaults')
    assert.equal(readdirSync(vaults).filter((name) => name.endsWith('.luguo')).length, 2)
    // Damage in the middle of the file.
    await at(page, 'lock').click()
    await at(page, 'unlock-rescue').waitFor()
    const name = readdirSync(vaults).find((one) => one.endsWith('.luguo') && !one.includes('恢复前'))
    const path = join(vaults, name)
    const bytes = readFileSync(path)
    const at16k = Math.floor(statSync(path).size / 16384 / 2) * 16384
    bytes.fill(0x5a, at16k, at16k + 16384)
    writeFileSync(path, bytes)
    await at(page, 'unlock-rescue').click()
    await at(page, 'rescue-vault').selectOption({ label: name.replace('.luguo', '') })
    await at(page, 'rescue-person').fill(people.preparer.name)
    await at(page, 'rescue-passphrase').fill(people.preparer.passphrase)
    await at(page, 'rescue-show').click()
    await at(page, 'rescue-row').waitFor()
    await at(page, 'rescue-write').click()
    await at(page, 'rescue-written').getByText('1 份表格').waitFor()
    await picture(page, '只读抢救')
    await clean(page)
  } finally {
    await desk.close()
  }
})

test('the recovery sheet lets an administrator in who forgot the passphrase', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await at(page, 'nav-care').click()
    await at(page, 'sheet-state').getByText('还没有打印').waitFor()
    const waiting = page.waitForEvent('download')
    await at(page, 'sheet-print').click()
    const file = await (await waiting).path()
    await at(page, 'sheet-told').waitFor()
    const { execFileSync } = await import('node:child_process')
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    const code = /([0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(text)?.[0]
    assert.ok(code, text)
    if (process.env.SCREENS) execFileSync('pdftoppm', ['-r', '70', '-png', file, join(process.env.SCREENS, '恢复单')])
    await at(page, 'lock').click()
    await at(page, 'unlock-recover').click()
    await at(page, 'recover-person').fill(people.preparer.name)
    await at(page, 'recover-code').fill('0000-1111-2222-3333-4444-5555')
    await at(page, 'recover-passphrase').fill('Xin-Mi-Ma-2026')
    await at(page, 'recover-again').fill('Xin-Mi-Ma-2026')
    await at(page, 'recover-submit').click()
    await page.getByText('恢复码不对').waitFor()
    await picture(page, '忘记密码')
    await clean(page)
    await at(page, 'recover-code').fill(code.toLowerCase().replaceAll('-', ' '))
    await at(page, 'recover-submit').click()
    await at(page, 'nav-mine').waitFor()
    await signInAs(page, { name: people.preparer.name, passphrase: 'Xin-Mi-Ma-2026' })
  } finally {
    await desk.close()
  }
})

test('after the idle time the window locks itself and what was typed is there', async () => {
  const desk = await open()
  try {
    const { page } = desk
    await makeUnit(page)
    await at(page, 'nav-care').click()
    await at(page, 'policy-idle').fill('40')
    await at(page, 'policy-save').click()
    assert.equal(await at(page, 'policy-told').count(), 0)
    await at(page, 'policy-idle').fill('1')
    await at(page, 'policy-save').click()
    await at(page, 'policy-told').waitFor()
    await importComplete(page, 'basic-research.json')
    await page.clock.install()
    await at(page, 'field-name').fill('锁定前一瞬间输入的名称')
    await page.clock.runFor(70_000)
    await at(page, 'locked').getByText('已自动锁定').waitFor()
    await picture(page, '自动锁定')
    await at(page, 'unlock-person').fill(people.preparer.name)
    await at(page, 'unlock-passphrase').fill(people.preparer.passphrase)
    await at(page, 'unlock-submit').click()
    await at(page, 'declaration-open').getByText('锁定前一瞬间输入的名称').waitFor()
  } finally {
    await desk.close()
  }
})

test('after a kill in mid-import the window says what is there, and the import goes on', async () => {
  const desk = await open()
  try {
    const { page, folder } = desk
    await makeUnit(page)
    await importComplete(page, 'basic-research.json')
    await at(page, 'section-evidence').click()
    const file = join(folder, '试验录像（海上中试，二〇二六年九月至十一月）.mp4')
    writeFileSync(file, Buffer.alloc(160 << 20, 7))
    await answerDialog(page, () => at(page, 'evidence-add').click(), file)
    await at(page, 'job-pause').click()
    await at(page, 'job-resume').waitFor()
    await picture(page, '加入材料-暂停')
    await desk.killAndReopen()
    await at(page, 'unlock-person').fill(people.preparer.name)
    await at(page, 'unlock-passphrase').fill(people.preparer.passphrase)
    await at(page, 'unlock-submit').click()
    await at(page, 'recovered').getByText('没有正常退出').waitFor()
    await at(page, 'pending').getByText('1 份材料还没加完').waitFor()
    await picture(page, '断电之后')
    await clean(page)
    await at(page, 'pending-resume').click()
    await page.waitForFunction(() => document.querySelector('[data-testid="job"]')?.textContent.includes('完成'))
    await at(page, 'recovered-seen').first().click()
    await at(page, 'declaration-open').click()
    await at(page, 'section-evidence').click()
    await at(page, 'evidence-row').waitFor()
    assert.equal(await at(page, 'evidence-row').count(), 1)
  } finally {
    await desk.close()
  }
})
