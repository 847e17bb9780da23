/** Decodes a HEIC picture beside the window: libheif in WebAssembly. */
import libheif from 'libheif-js/libheif-wasm/libheif-bundle.mjs'

const MOST_PIXELS = 100_000_000

interface HeifImage {
  get_width: () => number
  get_height: () => number
  display: (into: { data: Uint8ClampedArray; width: number; height: number }, done: (filled: object | null) => void) => void
}

self.addEventListener('message', async (event: MessageEvent<Uint8Array<ArrayBuffer>[]>) => {
  try {
    const bytes = new Uint8Array(await new Blob(event.data).arrayBuffer())
    const library = await libheif()
    const [image] = new library.HeifDecoder().decode(bytes) as HeifImage[]
    if (!image) throw new Error('no picture in it')
    const [width, height] = [image.get_width(), image.get_height()]
    if (width * height > MOST_PIXELS) throw new Error(`${width} × ${height}`)
    const pixels = new Uint8ClampedArray(width * height * 4)
    await new Promise<void>((resolve, reject) => {
      image.display({ data: pixels, width, height }, (filled) => (filled ? resolve() : reject(new Error('not decoded'))))
    })
    self.postMessage({ width, height, pixels }, { transfer: [pixels.buffer] })
  } catch (fault) {
    self.postMessage({ fault: String(fault) })
  }
})
