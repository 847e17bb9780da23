import { cpSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** What pdf.js reads while it decodes: without them scans and texts without own fonts stay blank. */
function pdfParts(): Plugin {
  const home = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  return {
    name: 'pdf-parts',
    apply: 'build',
    writeBundle(options) {
      for (const part of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        cpSync(join(home, part), join(options.dir ?? 'dist', 'pdf', part), { recursive: true })
      }
    },
  }
}

export default defineConfig({
  plugins: [vue(), pdfParts()],
  base: './',
  build: { target: 'safari16.4', outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 3000 },
  worker: { format: 'es' },
  test: { environment: 'happy-dom', include: ['**/*.test.ts'] },
})
