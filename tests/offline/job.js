// The work of a day, done in the page: a window behind the filter cannot be driven from outside.
// Each step becomes the page's title, which a test build of the program writes to its errors.
(() => {
  const server = '{{SERVER}}'
  if (window.top !== window || window.location.hash !== '') return
  const say = (words) => { document.title = words }
  const pause = (ms) => new Promise((done) => setTimeout(done, ms))

  async function until(what, find) {
    for (let turn = 0; turn < 1200; turn += 1) {
      const found = find()
      if (found) return found
      await pause(50)
    }
    const page = (document.body?.innerText ?? '').replace(/\s+/g, ' ').slice(-600)
    throw new Error(`waited in vain for ${what}; the page says: ${page}`)
  }
  const element = (id) => document.querySelector(`[data-testid='${id}']`)
  const appears = (id) => until(id, () => element(id))
  const says = (id, words) => until(`${id} ${words}`, () => {
    const found = element(id)
    return (found?.value || found?.textContent || '').includes(words)
  })

  async function put(id, text) {
    const field = await appears(id)
    field.focus()
    const kind = { INPUT: HTMLInputElement, SELECT: HTMLSelectElement, TEXTAREA: HTMLTextAreaElement }[field.tagName]
    Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
    field.blur()
  }
  async function click(id) {
    const button = await appears(id)
    await until(`${id} can be pressed`, () => !button.disabled)
    button.click()
  }
  // One white pixel.
  const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTIG4gAAAABJRU5ErkJggg=='
  /** The classified edition takes nothing from the clipboard: the same bytes by the window's own command. */
  async function attach(name) {
    const ask = (command, request) => window.__TAURI_INTERNALS__.invoke('rpc', { name: command, request })
    const [row] = await ask('declaration_list', {})
    const file = await ask('file_put', { name, base64: PICTURE })
    let job = await ask('evidence_add', { declaration: row.id, files: [file.token], claims: [] })
    while (job.state === 'running') {
      await pause(50)
      job = await ask('job_status', { id: job.id })
    }
    await click('nav-mine')
    await click('declaration-open')
    await click('section-evidence')
  }
  function paste(name) {
    const text = atob(PICTURE)
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(text, (c) => c.charCodeAt(0))], name, { type: 'image/png' }))
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }))
  }

  async function work() {
    await put('create-vault-person', '王敏')
    await put('create-vault-unit', '青岛海洋装备研究院')
    await put('create-vault-city', '370200')
    await put('create-vault-passphrase', 'Hai-Yang-2026-shan')
    await put('create-vault-passphrase-again', 'Hai-Yang-2026-shan')
    await click('create-vault-submit')
    await appears('new-declaration')
    say('vault made')
    await click('new-declaration')
    await click(server ? 'classified-no' : 'classified-yes')
    await put('field-name', '深海耐压钛合金浮力球')
    await says('saved-at', '已保存')
    say('declaration typed')
    await click('section-evidence')
    await appears('evidence-empty')
    if (server) paste('证书.png')
    else await attach('证书.png')
    await appears('evidence-row')
    await click('evidence-preview')
    await appears('viewer')
    say('evidence shown')
    await click('preview-close')
    if (server) {
      await click('nav-sync')
      await put('sync-endpoint', `http://${server}`)
      await put('sync-account', 'qdhy')
      await put('sync-password', 'Fu-Ling-2026-zheng')
      await click('sync-login')
      const failure = await appears('failure')
      say(`sign-in: ${failure.textContent.trim().slice(0, 80)}`)
    }
    await click('lock')
    await appears('unlock-person')
  }

  window.addEventListener('DOMContentLoaded', () => {
    work().then(() => say('end of the job'), (fault) => say(`end in failure: ${fault}`))
  })
})()
