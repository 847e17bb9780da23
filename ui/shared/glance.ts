/** What changes by itself shows by itself: looks again and again while somebody can see it. */
import { onMounted, onUnmounted } from 'vue'

export function useGlance(look: () => Promise<void>, every: number): void {
  let timer: ReturnType<typeof setInterval> | undefined
  let looking = false
  async function glance(): Promise<void> {
    if (looking || document.hidden) return
    looking = true
    // A glance that fails leaves what is shown; what is done next tells of the failure.
    await look().catch(() => undefined)
    looking = false
  }
  onMounted(() => { timer = setInterval(glance, every) })
  onUnmounted(() => clearInterval(timer))
}
