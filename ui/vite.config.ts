import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  base: './',
  build: { target: 'safari16.4', outDir: 'dist', emptyOutDir: true },
  test: { environment: 'happy-dom', include: ['**/*.test.ts'] },
})
