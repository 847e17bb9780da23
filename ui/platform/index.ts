/** The only folder that knows what it runs in: the window (Tauri) or a browser (the bridge). */
import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import { getCurrentWebview } from '@tauri-apps/api/webview'
import type { Commands, Failure, PickedFileView } from '../generated/commands'
import { browserToken, fetchContent, openInBrowser, pickInBrowser, postJson, upload, download } from './browser'

const inWindow = '__TAURI_INTERNALS__' in window

/** Whether a person can choose a lasting place on the disk; a browser only has downloads. */
export const choosesPlaces = inWindow

/** Whether the size of what is shown is ours to choose. */
export const hasZoom = inWindow

/** Shows everything larger; 1 is the size as drawn. A browser has its own way. */
export async function sizeWindow(factor: number): Promise<void> {
  if (inWindow) await getCurrentWebview().setZoom(factor)
}

/** Calls a use case by name. Rejects with a Failure. */
export async function call<N extends keyof Commands>(
  name: N,
  request: Commands[N]['request'],
): Promise<Commands[N]['answer']> {
  try {
    const answer = inWindow ? await invoke('rpc', { name, request }) : await postJson(name, request)
    return answer as Commands[N]['answer']
  } catch (fault) {
    throw asFailure(fault)
  }
}

/** Whatever was thrown, as a Failure that can be shown. */
export function asFailure(fault: unknown): Failure {
  if (typeof fault === 'object' && fault !== null && 'code' in fault && 'message' in fault) {
    return fault as Failure
  }
  return {
    code: 'defect',
    message: '程序没有应答，已保存的内容不受影响。请关闭后重新打开。',
    detail: String(fault),
    findings: [],
  }
}

/** Lets the person pick files. */
export async function pickFiles(multiple: boolean, title: string): Promise<PickedFileView[]> {
  return inWindow ? call('file_pick', { multiple, title }) : pickInBrowser(multiple)
}

/** Takes files that were dropped or pasted as browser files. */
export async function takeFiles(files: File[]): Promise<PickedFileView[]> {
  if (!inWindow) return Promise.all(files.map(upload))
  return Promise.all(
    files.map(async (file) => call('file_put', { name: file.name, base64: await base64(file) })),
  )
}

/** Tells of files dropped on the window; returns how to stop listening. */
export async function onFilesDropped(
  take: (files: PickedFileView[]) => void,
): Promise<() => void> {
  if (!inWindow) return () => {}
  return listen<PickedFileView[]>('files-dropped', (event) => take(event.payload))
}

/** Lets the person pick a place, has it written, and in a browser downloads what was written. */
export async function saveAs(
  fileName: string,
  title: string,
  write: (place: string) => Promise<unknown>,
): Promise<boolean> {
  const place = await call('place_pick', { file_name: fileName, title })
  if (!place) return false
  await write(place.token)
  if (!inWindow) await download(place.token, fileName)
  return true
}

/** Where the window serves contents; the system decides how a scheme of one's own is written. */
const contentRoot = navigator.userAgent.includes('Windows') ? 'http://content.localhost/' : 'content://localhost/'

async function content(piece: string): Promise<Blob> {
  const answer = inWindow ? await fetch(contentRoot + piece) : await fetchContent(piece)
  if (answer.ok) return answer.blob()
  const why = answer.status === 422 ? await answer.text() : '这份材料已经关闭，请从列表里再打开一次。'
  throw { code: 'file', message: why, detail: null, findings: [] } satisfies Failure
}

/** Bytes of an opened content. */
export async function contentBytes(token: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await content(`${token}/${offset}/${length}`)).arrayBuffer())
}

/** A page of an opened TIFF, from 0, as a picture of at most this width. */
export async function contentPage(token: string, page: number, width: number): Promise<Blob> {
  return content(`${token}/page/${page}/${width}`)
}

/** Opens the window for a second screen. */
export async function openSecond(): Promise<void> {
  if (inWindow) await invoke('second_window').catch((fault: unknown) => { throw asFailure(fault) })
  else openInBrowser()
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(text)
}

if (!inWindow) browserToken()
