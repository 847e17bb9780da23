/** pdf.js in the bundle: the parts that it reads while it decodes, and a limit that it lacks. */
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** What one stream of a PDF may unfold to; a page scanned at 600 dots in colour needs 105 MB. */
const MOST = 128 << 20

const LIMITED = `const limitedStream=(s)=>{let n=0;return{writable:s.writable,readable:s.readable.pipeThrough(new TransformStream({transform(c,k){(n+=c.byteLength)>${MOST}?k.error(new Error("a stream larger than 128 MB")):k.enqueue(c)}}))}};`

/** Places in the worker, each with what stands there instead. */
const PLACES: [RegExp, string][] = [
  [/ensureBuffer\((\w+)\)\{(?=const \w+=this\.buffer;)/g, `ensureBuffer($1){if($1>${MOST})throw new Error("a stream larger than 128 MB");`],
  // Looking for the last page reads half of a large file before the first page is shown. Where the
  // file counts its pages sensibly, a missing last page shows when somebody goes there.
  [/checkLastPage\((\w+)=!1\)\{/g, 'checkLastPage($1=!1){if(!$1&&this.stream.length>33554432&&this.numPages<=5000)return;'],
  [/new DecompressionStream\((\w+)\)/g, 'limitedStream(new DecompressionStream($1))'],
]

/** A version of pdf.js where a place is not found stops the build. */
export function limited(worker: string): string {
  return (
    LIMITED +
    PLACES.reduce((source, [place, instead]) => {
      if (source.match(place)?.length !== 1) throw new Error(`pdf.js has changed: ${place} is not in it once`)
      return source.replace(place, instead)
    }, worker)
  )
}

export function pdfParts(): Plugin {
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  return {
    name: 'pdf-parts',
    apply: 'build',
    generateBundle(_, bundle) {
      const worker = Object.values(bundle).find((part) => part.fileName.includes('pdf.worker'))
      if (worker?.type !== 'asset') throw new Error('the worker of pdf.js is not in the bundle')
      worker.source = limited(new TextDecoder().decode(Buffer.from(worker.source)))
    },
    writeBundle(options) {
      // Without them scans, and texts without fonts of their own, stay blank.
      for (const part of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        cpSync(join(home, part), join(options.dir ?? 'dist', 'pdf', part), { recursive: true })
      }
    },
  }
}
