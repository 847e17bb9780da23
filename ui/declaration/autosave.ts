/**
 * Saves the typing within a second of the last key. What the core answers never touches the
 * form: the person may have typed on meanwhile.
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

export function autosave(save: () => Promise<void>, failed: (fault: unknown) => void): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  let running: Promise<boolean> | null = null

  async function run(): Promise<boolean> {
    while (dirty) {
      dirty = false
      try {
        await save()
      } catch (fault) {
        dirty = true
        failed(fault)
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
      clearTimeout(timer)
      timer = setTimeout(flush, PAUSE)
    },
    flush,
    stop() {
      clearTimeout(timer)
    },
  }
}
