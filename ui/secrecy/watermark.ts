/**
 * The watermark: person and minute, over everything that is shown. It is drawn by the style sheet
 * on the page and on every dialog that is open: a dialog lies above the page, so that one drawing
 * would not reach over both.
 */
import { onBeforeUnmount, watchEffect } from 'vue'
import './watermark.css'

const TILE = { width: 340, height: 220 }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const two = (n: number): string => String(n).padStart(2, '0')

/** What stands in it: 王敏 2026-11-28 10:32. */
export function words(person: string, now: Date): string {
  return `${person} ${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}:${two(now.getMinutes())}`
}

/** One tile of the pattern as the value of a style. */
export function tile(text: string): string {
  const { width, height } = TILE
  const size = text.length > 26 ? 12 : 15
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${width / 2}" y="${height / 2}" text-anchor="middle" font-family="Noto Sans CJK SC, Microsoft YaHei, sans-serif" font-size="${size}" fill="#808080" fill-opacity="0.22" transform="rotate(-24 ${width / 2} ${height / 2})">${escaped(text)}</text></svg>`
  return `url("data:image/svg+xml,${encodeURIComponent(drawn)}")`
}

/** Draws it while there is a person. */
export function useWatermark(person: () => string | null): void {
  const root = document.documentElement
  const clear = (): void => {
    delete root.dataset.watermark
    root.style.removeProperty('--watermark')
  }
  const draw = (): void => {
    const name = person()
    if (!name) return clear()
    root.dataset.watermark = words(name, new Date())
    root.style.setProperty('--watermark', tile(root.dataset.watermark))
  }
  watchEffect(draw)
  const minutely = setInterval(draw, 5000)
  onBeforeUnmount(() => {
    clearInterval(minutely)
    clear()
  })
}
