// What the stories of the classified edition have in common: its people, its machine, its keys.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerDialog, at, makeUnit, people as open, root, signInAs } from './support.mjs'

export const people = {
  ...open,
  decider: { name: '周定', passphrase: 'Ding-Mi-2026-qing', role: 'classification-officer' },
  officer: { name: '赵专', passphrase: 'Zhuan-Guan-2026-q', role: 'results-officer' },
  security: { name: '孙密', passphrase: 'Bao-Mi-2026-yuan', role: 'security-officer' },
}

/** A vault with everybody in it, on a machine that is recorded. */
export async function makeOffice(page) {
  await makeUnit(page)
  for (const { name, passphrase, role } of [people.decider, people.officer, people.security]) {
    await at(page, 'people-name').fill(name)
    await at(page, 'people-role').selectOption(role)
    await at(page, 'people-passphrase').fill(passphrase)
    await at(page, 'people-add').click()
    await page.getByText(`已添加“${name}”`).waitFor()
  }
  await signInAs(page, people.security)
  await at(page, 'nav-machine').click()
  await at(page, 'machine-number').fill('SM-2026-017')
  await at(page, 'machine-approval').fill('市国家保密局批准，青保密〔2026〕12号')
  await at(page, 'machine-basis').fill('本单位保密管理办法第二十条')
  await at(page, 'machine-channel').check()
  await at(page, 'machine-record').click()
  await at(page, 'machine-recorded').waitFor()
}

/** Clicks what writes a file and keeps what was written. */
export async function saved(page, id, path) {
  const coming = page.waitForEvent('download')
  await at(page, id).first().click()
  await (await coming).saveAs(path)
  return path
}

/** Makes a second holder's card and the own key; answers the own card's file and its fingerprint. */
export async function makeKey(page, folder, holder) {
  await signInAs(page, people.officer)
  await at(page, 'nav-keys').click()
  await at(page, 'escrow-holder').fill(`${holder} 备用卡`)
  await at(page, 'escrow-password').fill('bei-yong-ka-2026')
  await at(page, 'escrow-password-again').fill('bei-yong-ka-2026')
  await saved(page, 'escrow-make', join(folder, '备用卡.pem'))
  await at(page, 'card-row').waitFor()
  await at(page, 'key-holder').fill(holder)
  await at(page, 'key-make').click()
  await at(page, 'key-row').waitFor()
  const file = await saved(page, 'card-write', join(folder, `${holder}.cer`))
  await at(page, 'card-show').first().click()
  const fingerprint = (await at(page, 'card-fingerprint').innerText()).replace(/\s/g, '')
  await at(page, 'card-close').click()
  return { file, fingerprint }
}

/** Takes the other side's card in, after its last digits were read over. */
export async function takeCard(page, { file, fingerprint }, unit) {
  const before = await at(page, 'card-row').count()
  await answerDialog(page, () => at(page, 'card-import').click(), file)
  await at(page, 'card-unit').fill(unit)
  await at(page, 'card-person').fill('成果岗')
  await at(page, 'card-digits').fill(fingerprint.slice(-8))
  await at(page, 'card-take').click()
  await page.waitForFunction((count) => document.querySelectorAll('[data-testid="card-row"]').length === count, before + 1)
}

/** A fixture as the classified edition takes it in; it is open afterwards. */
export async function importClassified(page, folder) {
  const form = JSON.parse(readFileSync(join(root, 'tests/fixtures/declarations/basic-research.json'), 'utf8'))
  const file = join(folder, '成果.json')
  writeFileSync(file, JSON.stringify({ ...form, classified: true }))
  await at(page, 'nav-mine').click()
  await answerDialog(page, () => at(page, 'import-declaration').click(), file)
  await at(page, 'field-name').waitFor()
}

/** Seals what is chosen already, the approver being present, and goes to the register. */
export async function seal(page) {
  await at(page, 'seal-recipient').first().check()
  await at(page, 'seal-folder').click()
  await at(page, 'seal-medium').waitFor()
  await at(page, 'seal-label').fill('JZ-2026-03')
  await at(page, 'seal-reason').fill('没有可移动介质的试验环境')
  await at(page, 'seal-approver').fill(people.reviewer.name)
  await at(page, 'seal-passphrase').fill(people.reviewer.passphrase)
  await at(page, 'seal-begin').click()
  await at(page, 'seal-register').click()
  await at(page, 'register-row').first().waitFor()
}

/** Counted, registered, handed over. */
export async function handOver(page) {
  await at(page, 'step-counted').first().click()
  await at(page, 'step-confirm').click()
  await at(page, 'step-registered').first().click()
  await at(page, 'step-channel').selectOption('机要交通')
  await at(page, 'step-confirm').click()
  await at(page, 'step-handed_over').first().click()
  await at(page, 'step-courier').first().fill('刘机要')
  await at(page, 'step-confirm').click()
  await at(page, 'register-state').first().getByText('已移交').waitFor()
}
