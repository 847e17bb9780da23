// Starts the built programs and a browser, and ends them with the test.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

export const root = resolve(import.meta.dirname, '../..')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const built = (name) => join(target, process.env.LUGUO_PROFILE ?? 'debug', name)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const UNIT = '青岛海洋装备研究院'
export const people = {
  preparer: { name: '王敏', passphrase: 'Hai-Yang-2026-shan' },
  reviewer: { name: '李国强', passphrase: 'Shen-He-2026-qing' },
}
export const account = { name: 'qdhy', password: 'Fu-Ling-2026-zheng' }
export const bureauAccount = { name: 'qdkjj', password: account.password }

/** Starts a program and answers what the first matching line says. */
function begin(stops, name, args, mark) {
  return new Promise((done, failed) => {
    const child = spawn(built(name), args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const stop = () => child.kill('SIGKILL')
    stop.program = name
    stop.pid = child.pid
    stops.push(stop)
    child.on('error', failed)
    createInterface(child.stdout).on('line', (line) => {
      const at = line.indexOf(mark)
      if (at >= 0) done(line.slice(at))
    })
  })
}

/** An endpoint with one unit, its bureau, and an account of each. */
async function serve(folder, stops) {
  const data = join(folder, 'endpoint')
  mkdirSync(data)
  const password = join(folder, 'password')
  writeFileSync(password, account.password)
  const admin = (...args) => execFileSync(built('luguo-endpoint'), [...args, '--data', data])
  admin('unit', 'add', '--name', UNIT, '--city', '370200')
  admin('account', 'add', '--unit', UNIT, '--account', account.name, '--password-file', password)
  const bureau = admin('authority', 'add', '--city', '370200').toString().trim()
  admin('account', 'add', '--unit', bureau, '--account', bureauAccount.name, '--password-file', password)
  return begin(stops, 'luguo-endpoint', ['serve', '--data', data], 'http://')
}

/** A desk of the classified edition in a browser; it has no endpoint. */
export const openClassified = () => open('', 'classified-bridge')

/** A desk in a browser with an empty folder of vaults, and an endpoint: its own, or another desk's. */
export async function open(shared, program = 'luguo-bridge') {
  const folder = mkdtempSync(join(tmpdir(), 'luguo-'))
  const stops = [() => rmSync(folder, { recursive: true, force: true })]
  const vaults = join(folder, 'vaults')
  mkdirSync(vaults)
  const endpoint = shared ?? (await serve(folder, stops))
  const bridge = () => begin(stops, program, ['--vaults', vaults, '--ui', join(root, 'ui/dist')], 'http://')
  const address = await bridge()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  stops.push(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1280, height: 840 } })
  page.setDefaultTimeout(20_000)
  await page.goto(address)
  return {
    page,
    endpoint,
    folder,
    /** The process of the desk. */
    get pid() {
      return stops.findLast((stop) => stop.program === program).pid
    },
    /** kill -9 of the desk, and a new one on the same vaults. */
    async killAndReopen() {
      stops.findLast((stop) => stop.program === program)()
      await page.goto(await bridge())
    },
    async close() {
      for (const stop of stops.reverse()) await stop()
    },
  }
}

export const at = (page, id) => page.locator(`[data-testid="${id}"]`)

/** Makes the vault with a preparer and a reviewer; the preparer is at work. */
export async function makeUnit(page) {
  const { preparer, reviewer } = people
  await at(page, 'create-vault-person').fill(preparer.name)
  await at(page, 'create-vault-unit').fill(UNIT)
  await at(page, 'create-vault-city').selectOption('370200')
  await at(page, 'create-vault-passphrase').fill(preparer.passphrase)
  await at(page, 'create-vault-passphrase-again').fill(preparer.passphrase)
  await at(page, 'create-vault-submit').click()
  await at(page, 'nav-people').click()
  await at(page, 'people-name').fill(reviewer.name)
  await at(page, 'people-passphrase').fill(reviewer.passphrase)
  await at(page, 'people-add').click()
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="person-row"]').length === 2)
}

export async function signInAs(page, person) {
  await at(page, 'lock').click()
  await at(page, 'unlock-person').fill(person.name)
  await at(page, 'unlock-passphrase').fill(person.passphrase)
  await at(page, 'unlock-submit').click()
  await at(page, 'lock').waitFor()
}

/** Lets the next file dialog answer with these files. */
export async function answerDialog(page, click, files) {
  const chooser = page.waitForEvent('filechooser')
  await click()
  await (await chooser).setFiles(files)
}

/** Submits the complete declaration that is open. */
export async function submit(page) {
  await at(page, 'section-commitment').click()
  await at(page, 'submit-for-review').click()
  await at(page, 'submit-confirm').click()
  await at(page, 'state').getByText('待单位审核').waitFor()
}

/** The reviewer approves what waits; they stay signed in. */
export async function approve(page) {
  await signInAs(page, people.reviewer)
  await at(page, 'nav-review').click()
  await at(page, 'declaration-open').click()
  await at(page, 'review-approve').click()
  await at(page, 'state').getByText('单位已通过').waitFor()
}

/** Signs in at the endpoint. */
export async function signInAtEndpoint(page, endpoint, who = account) {
  await at(page, 'nav-sync').click()
  await at(page, 'sync-endpoint').fill(endpoint)
  await at(page, 'sync-account').fill(who.name)
  await at(page, 'sync-password').fill(who.password)
  await at(page, 'sync-login').click()
  await at(page, 'sync-logout').waitFor()
}

/** Imports a complete declaration and opens it. */
export async function importComplete(page, name) {
  await at(page, 'nav-mine').click()
  const file = join(root, 'tests/fixtures/declarations', name)
  await answerDialog(page, () => at(page, 'import-declaration').click(), file)
  await at(page, 'field-name').waitFor()
}

/** Serious and critical findings of axe on the screen that is shown. */
export async function seriousFindings(page) {
  await page.evaluate(axe)
  const result = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }),
  )
  return result.violations
    .filter((finding) => ['serious', 'critical'].includes(finding.impact))
    .map((finding) => `${finding.id}: ${finding.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
}

/** Attaches a file to every claim. */
export async function complete(page, folder) {
  await at(page, 'section-evidence').click()
  const claims = await page.locator('[data-testid^="evidence-add-"]').all()
  const ids = await Promise.all(claims.map((claim) => claim.getAttribute('data-testid')))
  for (const [n, id] of ids.entries()) {
    const file = join(folder, `证明 ${n}.txt`)
    writeFileSync(file, `证明 ${n}`)
    const before = await at(page, 'evidence-row').count()
    await answerDialog(page, () => at(page, id).click(), file)
    await page.waitForFunction((count) => document.querySelectorAll('[data-testid="evidence-row"]').length === count, before + 1)
  }
}

/** Keeps a picture of the screen for looking at, where SCREENS names a folder. */
export async function picture(page, name) {
  if (process.env.SCREENS) await page.screenshot({ path: join(process.env.SCREENS, `${name}.png`) })
}
