/** Pictures as pages: one that the web view knows, and the pages of a TIFF from the decoder. */
import type { ContentView } from '../generated/commands'
import { contentPage } from '../platform'
import { readWhole } from './bytes'
import { drawnWidth, type Drawn, type PageSource } from './source'

/** Widths at which pages of a TIFF are asked for, so that a small change draws nothing new. */
const STEPS = [160, 800, 1600, 3200, 6000]

async function picture(bytes: Blob): Promise<Drawn> {
  const element = document.createElement('img')
  const url = URL.createObjectURL(bytes)
  element.alt = ''
  element.draggable = false
  element.src = url
  try {
    await element.decode()
  } catch (fault) {
    URL.revokeObjectURL(url)
    throw fault
  }
  return { element, free: () => URL.revokeObjectURL(url) }
}

/** Pages of a TIFF, each drawn by the decoder. */
export function tiffPages(view: ContentView): PageSource {
  return {
    count: view.pages.length,
    size: (page) => view.pages[page] ?? [1, 1],
    draw: async (page, width) => {
      const wanted = drawnWidth(width, view.pages[page])
      return picture(await contentPage(view.token, page, STEPS.find((step) => step >= wanted) ?? wanted))
    },
    close: () => {},
  }
}

/** One picture that the web view decodes. */
export async function onePicture(view: ContentView, told: (share: number) => void): Promise<PageSource> {
  const bytes = new Blob(await readWhole(view, told), { type: view.media_type })
  let size = view.pages[0] ?? [4, 3]
  return {
    count: 1,
    size: () => size,
    draw: async () => {
      const drawn = await picture(bytes)
      const { naturalWidth, naturalHeight } = drawn.element as HTMLImageElement
      // A photograph that was taken on its side is turned by the web view.
      if (naturalWidth && naturalHeight) size = [naturalWidth, naturalHeight]
      return drawn
    },
    close: () => {},
  }
}

/** One HEIC picture, decoded in a worker. */
export async function heicPicture(view: ContentView, told: (share: number) => void): Promise<PageSource> {
  const parts = await readWhole(view, told)
  const worker = new Worker(new URL('./heic.worker.ts', import.meta.url), { type: 'module' })
  try {
    const found = await new Promise<{ width: number; height: number; pixels: Uint8ClampedArray<ArrayBuffer> }>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('late')), 10_000)
      worker.addEventListener('message', (event: MessageEvent) => {
        clearTimeout(late)
        if ('fault' in event.data) reject(new Error(event.data.fault))
        else resolve(event.data)
      })
      worker.addEventListener('error', (event) => reject(new Error(event.message)))
      worker.postMessage(parts)
    })
    const canvas = document.createElement('canvas')
    canvas.width = found.width
    canvas.height = found.height
    canvas.getContext('2d')?.putImageData(new ImageData(found.pixels, found.width, found.height), 0, 0)
    const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))
    canvas.width = canvas.height = 0
    if (!bytes) throw new Error('no picture')
    return { count: 1, size: () => [found.width, found.height], draw: () => picture(bytes), close: () => {} }
  } finally {
    worker.terminate()
  }
}
