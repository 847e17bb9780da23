/** Tells when nobody touched the window for a while. */

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Calls `act` once after `minutes` without a key or a pointer, and again after the next such time.
 * The clock of the machine decides, so that a laptop that slept locks when it wakes.
 */
export function watchIdle(minutes: () => number | null, act: () => void): () => void {
  let last = Date.now()
  let told = false
  let place = ''
  const sign = (event: Event): void => {
    // A page that changes under a resting pointer makes the browser tell of a move as well.
    if (event.type === 'pointermove') {
      const { screenX, screenY } = event as PointerEvent
      if (place === `${screenX},${screenY}`) return
      place = `${screenX},${screenY}`
    }
    last = Date.now()
    told = false
  }
  for (const name of SIGNS) window.addEventListener(name, sign, { passive: true, capture: true })
  const timer = setInterval(() => {
    const limit = minutes()
    if (limit === null || told || Date.now() - last < limit * 60_000) return
    told = true
    act()
  }, 1000)
  return () => {
    clearInterval(timer)
    for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true })
  }
}
