// A hundred attachments that mean harm: each gets its verdict, the window goes
// on answering, nothing is asked of the network, nothing is written, and memory stays.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { answerDialog, at, importComplete, makeUnit, open, root } from './support.mjs'

/** Bytes that a process and all that it started hold. */
function held(pid) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = new Map()
  const sizes = new Map()
  for (const one of all) {
    try {
      const status = readFileSync(`/proc/${one}/status`, 'utf8')
      parents.set(Number(one), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]))
      sizes.set(Number(one), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024)
    } catch {
      // It ended while it was looked at.
    }
  }
  const under = (one) => one === pid || (parents.has(one) && under(parents.get(one)))
  return [...sizes].reduce((sum, [one, size]) => (under(one) ? sum + size : sum), 0)
}

const SHOWN = ['[data-testid="viewer-pages"] [data-ready]', '[data-testid="viewer-word"]', '[data-testid="viewer-workbook"]', '[data-testid="viewer-empty"]', '[data-testid="viewer-text"]', '[data-testid="viewer-archive"]']
const REFUSED = ['[data-testid="page-fault"]', '[data-testid="viewer-none"]', '[data-testid="viewer-fault"]', '[data-testid="failure"]']

test('a hundred hostile attachments take down neither the window nor the vault, and reach nothing', { skip: process.platform !== 'linux' }, async () => {
  const asked = []
  const outside = createServer((socket) => {
    asked.push('connection')
    socket.on('data', (bytes) => asked.push(String(bytes).split('\r\n')[0]))
    socket.on('error', () => {})
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
  })
  await new Promise((listening) => outside.listen(0, '127.0.0.1', listening))
  const desk = await open()
  try {
    const { page, folder } = desk
    const collection = join(folder, 'hostile')
    execFileSync(join(root, 'target/venv/bin/python'), [join(root, 'tests/hostile/generate.py'), collection, String(outside.address().port)], { stdio: 'ignore' })
    const list = JSON.parse(readFileSync(join(collection, 'list.json'), 'utf8'))
    assert.ok(list.length >= 60, `${list.length} attachments`)
    page.on('dialog', (dialog) => assert.fail(`a script spoke: ${dialog.message()}`))
    await makeUnit(page)
    await importComplete(page, 'key-technology.json')
    await at(page, 'section-evidence').click()
    await answerDialog(page, () => at(page, 'evidence-add').click(), list.map(({ file }) => join(collection, file)))
    await page.waitForFunction((count) => document.querySelectorAll('[data-testid="evidence-row"]').length === count, list.length, { timeout: 60_000 })
    const idle = held(desk.pid)
    let most = 0
    let slowest = { file: '', took: 0 }
    let heaviest = { file: '', added: 0 }
    const mute = []
    const wrong = []
    for (const { file, verdict } of list) {
      const title = file.replace(/\.[^.]+$/, '')
      const before = held(process.pid)
      await page.getByRole('button', { name: `预览 ${title}`, exact: true }).click()
      const began = Date.now()
      const what = await page
        .waitForFunction(
          ([shown, refused]) => {
            if (refused.some((one) => document.querySelector(`.preview ${one}`))) return 'refused'
            if (shown.some((one) => document.querySelector(`.preview ${one}`))) return 'shown'
            const film = document.querySelector('[data-testid="viewer-video"]')
            return film?.readyState >= 2 ? 'shown' : false
          },
          [SHOWN, REFUSED],
          { timeout: 15_000, polling: 100 },
        )
        .then((found) => found.jsonValue())
        .catch(() => 'nothing')
      const took = Date.now() - began
      // How long it may take stands in the viewers; how long it took depends on the machine.
      if (took > slowest.took) slowest = { file, took }
      if (what === 'nothing') mute.push(file)
      if (verdict === 'never' && what === 'shown') wrong.push(`${file} was shown`)
      most = Math.max(most, held(desk.pid))
      // The browser gives back what it freed when it likes, so each file is counted by itself.
      const added = Math.round((held(process.pid) - before) / (1 << 20))
      if (added > heaviest.added) heaviest = { file, added }
      const answer = page.evaluate(() => 'here')
      const silence = new Promise((resolve) => setTimeout(resolve, 15_000, 'silence'))
      assert.equal(await Promise.race([answer, silence]), 'here', `the window answers while ${file} is open`)
      await at(page, 'preview-close').click()
    }
    assert.deepEqual({ mute, wrong, asked }, { mute: [], wrong: [], asked: [] })
    const more = Math.round((most - idle) / (1 << 20))
    console.log(`${list.length} hostile attachments, desk and its decoders at most ${more} MB above idle, with the browser one file adds at most ${heaviest.added} MB: ${heaviest.file}; slowest ${slowest.took} ms: ${slowest.file}`)
    assert.ok(more < 300, `${more} MB above idle`)
    assert.ok(heaviest.added < 300, `${heaviest.file} adds ${heaviest.added} MB`)
    assert.equal(existsSync('/tmp/luguo-escaped'), false)
    assert.equal(new URL(page.url()).hostname, '127.0.0.1', 'the window went nowhere')
    // The vault is as it was.
    await at(page, 'nav-mine').click()
    await at(page, 'declaration-open').click()
    await at(page, 'section-evidence').click()
    assert.equal(await at(page, 'evidence-row').count(), list.length)
  } finally {
    await desk.close()
    outside.close()
  }
})
