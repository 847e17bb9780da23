/**
 * Undo and redo over the whole form. Changes of one field within a short pause are one step. The
 * clock is given; nothing here knows of the window.
 */

/** Pause that ends a step. */
export const PAUSE = 700
/** Steps that are kept. */
export const LIMIT = 200

interface Step {
  /** The form before the step, as JSON. */
  before: string
  /** The form after it. */
  after: string
  path: string
}

/** What undo or redo gives back. */
export interface Moved<T> {
  state: T
  /** The path of the field that changed. */
  path: string
}

export interface History<T> {
  /** Takes note of the form as it is now. */
  record(state: T, now: number): void
  undo(): Moved<T> | null
  redo(): Moved<T> | null
  /** The path of what undo would take back, or redo bring again. */
  next(): { undo: string | null; redo: string | null }
}

export function history<T>(start: T, limit = LIMIT): History<T> {
  let present = JSON.stringify(start)
  const past: Step[] = []
  let future: Step[] = []
  let last = Number.NEGATIVE_INFINITY

  return {
    record(state, now) {
      const after = JSON.stringify(state)
      if (after === present) return
      const path = changedPath(JSON.parse(present), JSON.parse(after))
      const top = past.at(-1)
      future = []
      if (top && top.path === path && now - last <= PAUSE) top.after = after
      else past.push({ before: present, after, path })
      if (past.length > limit) past.shift()
      present = after
      last = now
    },
    undo() {
      const step = past.pop()
      if (!step) return null
      future.push(step)
      present = step.before
      // The next key begins a step of its own.
      last = Number.NEGATIVE_INFINITY
      return { state: JSON.parse(present) as T, path: step.path }
    },
    redo() {
      const step = future.pop()
      if (!step) return null
      past.push(step)
      present = step.after
      last = Number.NEGATIVE_INFINITY
      return { state: JSON.parse(present) as T, path: step.path }
    },
    next: () => ({ undo: past.at(-1)?.path ?? null, redo: future.at(-1)?.path ?? null }),
  }
}

/**
 * The path of what differs: one field, or the nearest thing that holds all the fields that differ.
 * A list whose length changed differs as a whole; so does a list of plain words.
 */
export function changedPath(before: unknown, after: unknown, path = ''): string {
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length || typeof (after[0] ?? before[0]) !== 'object') return path
    const places = after.flatMap((one, n) => (JSON.stringify(one) === JSON.stringify(before[n]) ? [] : [n]))
    const [place] = places
    return places.length === 1 ? changedPath(before[place], after[place], `${path}[${place}]`) : path
  }
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    const [name] = changed
    return changed.length === 1 ? changedPath(before[name], after[name], path ? `${path}.${name}` : name) : path
  }
  return path
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
