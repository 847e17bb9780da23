import { mount } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { tile, useWatermark, words } from './watermark'

const root = document.documentElement
beforeEach(() => { vi.useFakeTimers({ now: new Date(2026, 10, 28, 10, 32, 50) }) })
afterEach(() => { vi.useRealTimers() })
const person = ref<string | null>('王敏')
const shown = () => mount(defineComponent({ setup() { useWatermark(() => person.value); return () => h('p') } }))

test('it names the person and the minute, goes on with the clock, and ends with the vault', async () => {
  person.value = '王敏'
  const page = shown()
  expect(root.dataset.watermark).toBe('王敏 2026-11-28 10:32')
  expect(decodeURIComponent(root.style.getPropertyValue('--watermark'))).toContain('王敏 2026-11-28 10:32')
  vi.advanceTimersByTime(15_000)
  expect(root.dataset.watermark).toBe('王敏 2026-11-28 10:33')
  person.value = null
  await nextTick()
  expect(root.dataset.watermark).toBeUndefined()
  expect(root.style.getPropertyValue('--watermark')).toBe('')
  page.unmount()
})

test('a screen that is left takes its watermark along', () => {
  person.value = '王敏'
  const page = shown()
  page.unmount()
  vi.advanceTimersByTime(60_000)
  expect(root.dataset.watermark).toBeUndefined()
})

test('a name with signs of markup is drawn as text', () => {
  const drawn = decodeURIComponent(tile(words('<b>"王"&\'敏', new Date(2026, 0, 5, 8, 7))))
  expect(drawn).toContain('&#60;b&#62;&#34;王&#34;&#38;&#39;敏 2026-01-05 08:07')
  expect(drawn).not.toContain('<b>')
})

test('it is drawn over the page and over every open dialog, and lets clicks through', () => {
  const css = readFileSync('secrecy/watermark.css', 'utf8')
  const rule = /([^{}]*)\{([^}]*)\}/.exec(css.replace(/\/\*.*?\*\//s, ''))
  expect(rule?.[1].split(',').map((one) => one.trim())).toEqual([':root[data-watermark] body::after', ':root[data-watermark] dialog[open]::after'])
  for (const declared of ['position: fixed', 'inset: 0', 'pointer-events: none', 'background-image: var(--watermark)', 'z-index: 2147483647']) expect(rule?.[2]).toContain(declared)
})

test('a window with a watermark prints as an empty page', () => {
  const css = readFileSync('secrecy/watermark.css', 'utf8')
  expect(/@media print \{([^]*?)\}\s*\}/.exec(css)?.[1].replace(/\s+/g, ' ').trim()).toBe(':root[data-watermark] body > * { display: none !important;')
})
