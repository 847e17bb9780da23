/** The history of form and reasons in the window: buttons, keys, and back to what changed. */
import { ref, watch, type Ref } from 'vue'
import type { Declaration } from '../generated/commands'
import { history, pathOf, type History, type Place } from './history'
import { nameOf } from './names'

interface Typed {
  form: Declaration
  reasons: Record<string, string>
}

export interface Undo {
  /** What would be undone or redone, in words; null where there is nothing. */
  names: Ref<{ undo: string | null; redo: string | null }>
  /** Begins anew: another form was opened, with the steps that were saved with it. */
  begin(form: Declaration, reasons: Record<string, string>, saved: string): void
  /** One step back or forth; false where there is none. */
  step(direction: 'undo' | 'redo'): boolean
  /** The steps, to be saved with the form. */
  saved(): string
}

/** Where a step leads: the path of a field, or of the field that a reason belongs to. */
export function leadsTo([part, ...rest]: Place): string {
  if (part === 'form') return pathOf(rest)
  // A reason's name is the finding's code and path, `code|path`.
  return String(rest[0] ?? '').split('|')[1] ?? ''
}

/** What a step is called on a button. */
export function called(place: Place): string {
  const path = leadsTo(place)
  return place[0] === 'reasons' ? `${nameOf(path)}的理由` : nameOf(path)
}

export function useUndo(
  form: Ref<Declaration | null>,
  reasons: Record<string, string>,
  moved: (path: string) => void,
  now = () => Date.now(),
): Undo {
  let steps: History<Typed> | null = null
  let moving = false
  const names = ref<{ undo: string | null; redo: string | null }>({ undo: null, redo: null })
  const tell = () => {
    const next = steps?.next() ?? { undo: null, redo: null }
    names.value = { undo: next.undo && called(next.undo), redo: next.redo && called(next.redo) }
  }
  watch([form, () => reasons], () => {
    if (!form.value || !steps || moving) return
    steps.record({ form: form.value, reasons: filled(reasons) }, now())
    tell()
  }, { deep: true, flush: 'sync' })

  return {
    names,
    begin(start, answers, saved) {
      steps = history<Typed>({ form: start, reasons: filled(answers) }, saved)
      tell()
    },
    step(direction) {
      const back = steps?.[direction]()
      if (!back) return false
      moving = true
      form.value = back.state.form
      for (const name of Object.keys(reasons)) if (!(name in back.state.reasons)) delete reasons[name]
      Object.assign(reasons, back.state.reasons)
      moving = false
      tell()
      moved(leadsTo(back.place))
      return true
    },
    saved: () => steps?.saved() ?? '',
  }
}

/** An empty reason is none. */
function filled(reasons: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason !== ''))
}

/** Which step a key asks for. */
export function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && !event.shiftKey ? 'redo' : null
}
