/** A PDF in the web view: pdf.js in its worker, fed piece by piece from the vault. */
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy, PDFWorker } from 'pdfjs-dist'
import type { ContentView } from '../generated/commands'
import { contentBytes } from '../platform'
import { drawnWidth, type Drawn, type PageSource } from './source'
import { Unshown } from './unshown'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl

const PIECE = 256 * 1024
const FIRST = 512 * 1024
/** Opening without any progress, and drawing one page, end after this. */
const PATIENCE = 4_000
const DRAWING = 3_500

const parts = new URL('pdf/', document.baseURI).href

/** Hands out the bytes that pdf.js wants. */
class Pieces extends pdfjs.PDFDataRangeTransport {
  moved = Date.now()
  constructor(
    private readonly token: string,
    size: number,
    first: Uint8Array,
    private readonly failed: (fault: unknown) => void,
  ) {
    super(size, first, false)
  }
  override requestDataRange(begin: number, end: number): void {
    void contentBytes(this.token, begin, end - begin).then(
      (bytes) => {
        this.moved = Date.now()
        this.onDataRange(begin, bytes)
      },
      this.failed,
    )
  }
}

/** Opens a PDF. */
export async function openPdf(view: ContentView, name: string): Promise<PageSource> {
  const first = await contentBytes(view.token, 0, FIRST)
  let failed: (fault: unknown) => void = () => {}
  const broken = new Promise<never>((_, reject) => { failed = reject })
  // One worker a file: a file that keeps it busy keeps no other waiting. The clock starts when it
  // is there, however slow the machine.
  const worker = new pdfjs.PDFWorker()
  await worker.promise
  const range = new Pieces(view.token, view.size, first, failed)
  const task = pdfjs.getDocument({
    worker,
    range,
    rangeChunkSize: PIECE,
    disableAutoFetch: true,
    disableStream: true,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: 100_000_000,
    wasmUrl: `${parts}wasm/`,
    cMapUrl: `${parts}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${parts}standard_fonts/`,
    iccUrl: `${parts}iccs/`,
    verbosity: 0,
  })
  task.onPassword = () => failed(new Unshown(`“${name}”设了打开密码，不能在窗口里显示。请对方换成没有密码的文件。`))
  let watching = true
  const stuck = (async () => {
    while (watching) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      if (watching && Date.now() - range.moved > PATIENCE) {
        throw new Unshown(`“${name}”打开得太久，已经停下，本程序不受影响。可以取出后用别的程序打开。`)
      }
    }
    return new Promise<never>(() => {})
  })()
  try {
    const document = await Promise.race([task.promise, broken, stuck])
    const page = await Promise.race([document.getPage(1), broken, stuck])
    return source(document, page, () => ends(task, worker))
  } catch (fault) {
    ends(task, worker)
    if (fault instanceof Unshown || (typeof fault === 'object' && fault !== null && 'code' in fault)) throw fault
    throw new Unshown(`“${name}”读不出来，可能已经损坏，或者不是 PDF。可以取出后用别的程序打开，或者请对方重新提交。`)
  } finally {
    watching = false
  }
}

function ends(task: PDFDocumentLoadingTask, worker: PDFWorker): void {
  // A worker that answers no more is ended all the same.
  void task.destroy().catch(() => {})
  worker.destroy()
}

function source(document: PDFDocumentProxy, first: PDFPageProxy, close: () => void): PageSource {
  const sizes = new Map<number, [number, number]>()
  const sizeOf = (page: PDFPageProxy): [number, number] => {
    const { width, height } = page.getViewport({ scale: 1 })
    return [Math.max(width, 1), Math.max(height, 1)]
  }
  const usual = sizeOf(first)
  sizes.set(0, usual)
  return {
    count: document.numPages,
    size: (page) => sizes.get(page) ?? usual,
    async draw(number, width, stop, again) {
      const page = await document.getPage(number + 1)
      sizes.set(number, sizeOf(page))
      return draw(page, drawnWidth(width, sizeOf(page)), stop, again ? DRAWING * 10 : DRAWING)
    },
    async words(number) {
      const page = await document.getPage(number + 1)
      const { items } = await page.getTextContent()
      return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    },
    close,
  }
}

async function draw(page: PDFPageProxy, width: number, stop: AbortSignal, patience: number): Promise<Drawn> {
  const upright = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: width / upright.width })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(viewport.width))
  canvas.height = Math.max(1, Math.round(viewport.height))
  const work = page.render({ canvas, viewport })
  const ends = (): void => work.cancel()
  stop.addEventListener('abort', ends)
  let late = false
  const timer = setTimeout(() => {
    late = true
    work.cancel()
  }, patience)
  try {
    await work.promise
  } catch (fault) {
    if (late) throw new Unshown('这一页画得太久，已经停下，本程序不受影响。可以再等等试一次，或者取出后用别的程序看。')
    throw fault
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', ends)
  }
  const element = document.createElement('div')
  element.className = 'drawn'
  element.append(canvas)
  const free = (): void => {
    // Gives the memory back at once: a canvas is otherwise kept until it is collected.
    canvas.width = canvas.height = 0
    page.cleanup()
  }
  if (width > 300 && !stop.aborted) {
    const words = document.createElement('div')
    words.className = 'textLayer'
    const layer = new pdfjs.TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport: page.getViewport({ scale: 1 }) })
    element.append(words)
    // Words that cannot be read leave the picture as it is.
    await layer.render().catch(() => words.remove())
  }
  return { element, free }
}
