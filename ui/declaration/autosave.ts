/**
 * Saves the typing in a pause, and a second after the first unsaved key at the latest. What the
 * core answers never touches the form: the person may have typed on meanwhile.
 */
export interface Autosave {
  /** Something was typed. */
  touch(): void
  /** Saves what is not saved yet, now; false when it could not be saved. */
  flush(): Promise<boolean>
  /** Stops. */
  stop(): void
}

/** Pause after the last key. */
export const PAUSE = 700
/** How old unsaved typing may be while somebody types on. */
const OLDEST = 950
/** When a save that failed is tried again. */
const AGAIN = 5000

export function autosave(save: () => Promise<void>, failed: (fault: unknown) => void): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  /** When the first key came that no save took. */
  let since: number | null = null
  let running: Promise<boolean> | null = null

  async function run(): Promise<boolean> {
    while (dirty) {
      dirty = false
      since = null
      try {
        await save()
      } catch (fault) {
        dirty = true
        failed(fault)
        clearTimeout(timer)
        timer = setTimeout(flush, AGAIN)
        return false
      }
    }
    return true
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer)
    // One save at a time: each is based on the version that the one before returned.
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  return {
    touch() {
      dirty = true
      since ??= Date.now()
      clearTimeout(timer)
      timer = setTimeout(flush, Math.max(0, Math.min(PAUSE, since + OLDEST - Date.now())))
    },
    flush,
    stop() {
      clearTimeout(timer)
    },
  }
}
