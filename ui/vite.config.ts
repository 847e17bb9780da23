import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { pdfParts } from './pdf-parts.ts'

export default defineConfig({
  plugins: [vue(), pdfParts()],
  base: './',
  build: { target: 'safari16.4', outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 3000 },
  worker: { format: 'es' },
  test: { environment: 'happy-dom', include: ['**/*.test.ts'] },
})
