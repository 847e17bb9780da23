/** The bridge over HTTP on this machine, with the token that came in the address. */
import type { PickedFileView } from '../generated/commands'

const KEY = 'luguo-token'

/** The token; taken out of the address at once, so that it is in no history. */
export function browserToken(): string {
  const address = new URL(window.location.href)
  const offered = address.searchParams.get('token')
  if (offered) {
    sessionStorage.setItem(KEY, offered)
    address.searchParams.delete('token')
    history.replaceState(null, '', address.pathname + address.search + address.hash)
  }
  return sessionStorage.getItem(KEY) ?? ''
}

function authorised(): Record<string, string> {
  return { Authorization: `Bearer ${browserToken()}` }
}

/** Calls a use case; a refusal rejects with its JSON. */
export async function postJson(name: string, request: unknown): Promise<unknown> {
  const answer = await fetch(`/rpc/${name}`, {
    method: 'POST',
    headers: { ...authorised(), 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw body
  return body
}

/** Brings a file to the desk. */
export async function upload(file: File): Promise<PickedFileView> {
  const answer = await fetch(`/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: authorised(),
    body: file,
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw body
  return body as PickedFileView
}

/** Opens the browser's own file dialog. */
export function pickInBrowser(multiple: boolean): Promise<PickedFileView[]> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = multiple
    input.dataset.testid = 'file-input'
    input.style.display = 'none'
    input.addEventListener('change', () => {
      input.remove()
      Promise.all([...(input.files ?? [])].map(upload)).then(resolve, reject)
    })
    input.addEventListener('cancel', () => {
      input.remove()
      resolve([])
    })
    document.body.append(input)
    input.click()
  })
}

/** Downloads what was written to a place. */
export async function download(token: string, fileName: string): Promise<void> {
  const answer = await fetch(`/files/${token}`, { headers: authorised() })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = fileName
  link.click()
  URL.revokeObjectURL(link.href)
}

/** A piece of an opened content; the sentence of the desk where it cannot be read. */
export async function fetchContent(piece: string): Promise<Response> {
  return fetch(`/content/${piece}`, { headers: authorised() })
}

/** Opens the second window in this browser; it takes the token over. */
export function openInBrowser(): void {
  window.open('/#second', 'luguo-second', 'width=960,height=840')
}
