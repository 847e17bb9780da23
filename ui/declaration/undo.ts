/** The history of the form in the window: buttons, keys, and back to the field that changed. */
import { ref, watch, type Ref } from 'vue'
import type { Declaration } from '../generated/commands'
import { history, type History } from './history'
import { nameOf } from './names'

export interface Undo {
  /** What would be undone or redone, in words; null where there is nothing. */
  names: Ref<{ undo: string | null; redo: string | null }>
  /** Begins anew: another form was opened. */
  begin(form: Declaration): void
  /** One step back or forth; false where there is none. */
  step(direction: 'undo' | 'redo'): boolean
}

export function useUndo(form: Ref<Declaration | null>, moved: (path: string) => void, now = () => Date.now()): Undo {
  let steps: History<Declaration> | null = null
  const names = ref<{ undo: string | null; redo: string | null }>({ undo: null, redo: null })
  const tell = () => {
    const next = steps?.next() ?? { undo: null, redo: null }
    names.value = { undo: next.undo === null ? null : nameOf(next.undo), redo: next.redo === null ? null : nameOf(next.redo) }
  }
  watch(form, (next) => {
    if (!next || !steps) return
    steps.record(next, now())
    tell()
  }, { deep: true, flush: 'sync' })

  return {
    names,
    begin(start) {
      steps = history(start)
      tell()
    },
    step(direction) {
      const back = steps?.[direction]()
      if (!back) return false
      form.value = back.state
      tell()
      moved(back.path)
      return true
    },
  }
}

/** Which step a key asks for. */
export function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : null
}
