/** How large everything is shown: 100 to 200 %, as the person chose on this machine. */
import { ref } from 'vue'
import { sizeWindow } from '../platform'

export const LEVELS = [100, 110, 125, 150, 175, 200] as const
const KEY = 'luguo.zoom'
export const zoom = ref(100)

/** The level that a key asks for, from the one that is shown; null for every other key. */
export function zoomKey(event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'key'>, now: number): number | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  if (event.key === '0') return 100
  if (event.key === '+' || event.key === '=') return LEVELS.find((level) => level > now) ?? now
  if (event.key === '-' || event.key === '_') return [...LEVELS].reverse().find((level) => level < now) ?? now
  return null
}

/** Chooses, and keeps it where the machine keeps something for pages. */
export async function chooseZoom(next: number): Promise<void> {
  zoom.value = next
  try {
    localStorage.setItem(KEY, String(next))
  } catch {
    // It lasts until the window closes.
  }
  await sizeWindow(next / 100)
}

/** Takes over what was chosen before, and listens to the keys. A browser has both of its own. */
export function startZoom(): void {
  let before = 100
  try {
    before = Number(localStorage.getItem(KEY))
  } catch {
    // Nothing was kept.
  }
  if (LEVELS.some((level) => level === before) && before !== 100) void chooseZoom(before)
  window.addEventListener('keydown', (event) => {
    const next = zoomKey(event, zoom.value)
    if (next === null) return
    event.preventDefault()
    void chooseZoom(next)
  })
}
