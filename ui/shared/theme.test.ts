import { beforeEach, expect, test, vi } from 'vitest'
import { readFileSync } from 'node:fs'
import { choose, startTheme, theme } from './theme'

let dark = false
let changed = () => {}
beforeEach(() => {
  localStorage.clear()
  dark = false
  vi.stubGlobal('matchMedia', () => ({ get matches() { return dark }, addEventListener: (_: string, then: () => void) => { changed = then } }))
})
const shown = () => document.documentElement.dataset.theme

test('without a choice the window follows the machine, also when it changes', () => {
  startTheme()
  expect(shown()).toBe('light')
  dark = true
  changed()
  expect(shown()).toBe('dark')
})

test('a choice outlasts the window and the machine’s change', () => {
  startTheme()
  choose('light')
  dark = true
  changed()
  expect(shown()).toBe('light')
  theme.value = 'dark'
  startTheme()
  expect(theme.value).toBe('light')
})

test('where nothing can be kept the choice still takes effect', () => {
  startTheme()
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new Error('denied') })
  choose('dark')
  expect(shown()).toBe('dark')
  vi.restoreAllMocks()
})

/** Relative luminance and contrast as WCAG 2.1 defines them. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(one: string, other: string): number {
  const [light, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (low + 0.05)
}

test.each(['light', 'dark'])('every text colour reaches AA on paper and ground, %s', (mode) => {
  const css = readFileSync('shared/theme.css', 'utf8')
  const block = (mode === 'light' ? /:root \{([^}]*)\}/ : /data-theme='dark'\] \{([^}]*)\}/).exec(css)?.[1] ?? ''
  const colours = Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((found) => [found[1], found[2]]))
  for (const text of ['ink', 'soft', 'primary', 'must', 'ask', 'done']) {
    for (const under of ['paper', 'ground']) expect(contrast(colours[text], colours[under]), `${text} on ${under}`).toBeGreaterThanOrEqual(4.5)
  }
  expect(contrast(colours['on-primary'], colours.primary)).toBeGreaterThanOrEqual(4.5)
})
