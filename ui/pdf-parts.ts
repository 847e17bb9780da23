/** pdf.js in the bundle: the parts that it reads while it decodes, and a limit that it lacks. */
import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** What one stream of a PDF may unfold to; a page scanned at 600 dots in colour needs 105 MB. */
const MOST = 128 << 20
/** What the drawing of a page may unfold to: the densest plan stays below, a scan is a stream of its own. */
const DRAWING = 24 << 20
/** Steps of a page's drawing; a path of any length is one. */
const STEPS = 250_000

/**
 * What a stream may unfold to: a picture what its size asks for at most, sixteen bits in four
 * colours; anything else what its kind is known to need.
 */
const LIMITS = `const most=(s)=>{const w=s.dict?.get?.("W","Width"),h=s.dict?.get?.("H","Height");return s.most??(w>0&&h>0?Math.min(${MOST},w*h*8+65536):s.streams?${DRAWING}:${MOST})};`
const LIMITED = `const limitedStream=(s,of)=>{const limit=most(of);let n=0;return{writable:s.writable,readable:s.readable.pipeThrough(new TransformStream({transform(c,k){(n+=c.byteLength)>limit?k.error(new Error("a stream that unfolds too far")):k.enqueue(c)}}))}};`

/** Places in the worker, each with what stands there instead. */
const PLACES: [RegExp, string][] = [
  [/ensureBuffer\((\w+)\)\{(?=const \w+=this\.buffer;)/g, `ensureBuffer($1){if($1>most(this))throw new Error("a stream that unfolds too far");`],
  // Looking for the last page reads half of a large file before the first page is shown. Where the
  // file counts its pages sensibly, a missing last page shows when somebody goes there.
  [/checkLastPage\((\w+)=!1\)\{/g, 'checkLastPage($1=!1){if(!$1&&this.stream.length>33554432&&this.numPages<=5000)return;'],
  // The drawing is unpacked as it is read, each packing of it with its limit: the browser's own
  // unpacking has none, and makes everything of it at once.
  [
    /async getContentStream\(\)\{const (\w+)=await this\.pdfManager\.ensure\(this,"content"\);if\(\1 instanceof BaseStream&&!\1\.isImageStream\)\{.*?return \1\}if\(Array\.isArray\(\1\)\)\{.*?return new StreamsSequenceStream/g,
    `async getContentStream(){const $1=await this.pdfManager.ensure(this,"content");for(const one of[$1].flat())for(let s=one;s;s=s.stream)s.most=${DRAWING};if($1 instanceof BaseStream&&!$1.isImageStream)return $1;if(Array.isArray($1)){return new StreamsSequenceStream`,
  ],
  [/addOp\((\w+),(\w+)\)\{(?=this\.optimizer\.push)/g, `addOp($1,$2){if((this.steps=(this.steps??0)+1)>${STEPS})throw new Error("a page of too many drawing steps");`],
  // In slices: one slice unfolds to 32 MB at most before the limit sees it.
  [
    /(new DecompressionStream\(\w+\),(\w+)=\w+\.getWriter\(\);await \2\.ready;)\2\.write\((\w+)\)\.then\(async\(\)=>\{await \2\.ready;await \2\.close\(\)\}\)\.catch/g,
    '$1(async()=>{for(let i=0;i<$3.length;i+=32768){await $2.ready;await $2.write($3.subarray(i,i+32768))}await $2.close()})().catch',
  ],
  [/new DecompressionStream\((\w+)\)/g, 'limitedStream(new DecompressionStream($1),this)'],
]

/** A version of pdf.js where a place is not found stops the build. */
export function limited(worker: string): string {
  return (
    LIMITS +
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
