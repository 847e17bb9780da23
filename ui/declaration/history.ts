/**
 * Undo and redo over form and reasons. Changes of one field within a short pause are one step. A
 * step keeps what stood at its place before and after, so that the history is small enough to be
 * saved with the form. The clock is given; nothing here knows of the window.
 */

/** Pause that ends a step. */
export const PAUSE = 700
/** Steps that are kept. */
export const LIMIT = 200
/** Characters of a saved history; the oldest steps are left out beyond it. */
export const LONGEST = 300_000

/** The way to a place: names of records and places in lists. */
export type Place = (string | number)[]

interface Step {
  place: Place
  before: unknown
  after: unknown
}

/** What undo or redo gives back. */
export interface Moved<T> {
  state: T
  /** The place of what changed. */
  place: Place
}

export interface History<T> {
  /** Takes note of the state as it is now. */
  record(state: T, now: number): void
  undo(): Moved<T> | null
  redo(): Moved<T> | null
  /** The place of what undo would take back, or redo bring again. */
  next(): { undo: Place | null; redo: Place | null }
  /** The steps as text, for [[history]] to begin with. */
  saved(): string
}

/** Begins at a state, with the steps that were saved with it, if any. */
export function history<T>(start: T, saved = '', limit = LIMIT): History<T> {
  let present = copy(start)
  const { past, future } = read(saved)
  let last = Number.NEGATIVE_INFINITY

  function move(from: Step[], to: Step[], value: (step: Step) => unknown): Moved<T> | null {
    const step = from.pop()
    if (!step) return null
    to.push(step)
    present = put(present, step.place, value(step)) as T
    // The next key begins a step of its own.
    last = Number.NEGATIVE_INFINITY
    return { state: copy(present), place: step.place }
  }

  return {
    record(state, now) {
      const place = changedPlace(present, state)
      if (!place) return
      const before = at(present, place)
      present = copy(state)
      const after = at(present, place)
      const top = past.at(-1)
      future.length = 0
      if (top && same(top.place, place) && now - last <= PAUSE) top.after = after
      else past.push({ place, before, after })
      if (past.length > limit) past.shift()
      last = now
    },
    undo: () => move(past, future, (step) => step.before),
    redo: () => move(future, past, (step) => step.after),
    next: () => ({ undo: past.at(-1)?.place ?? null, redo: future.at(-1)?.place ?? null }),
    saved() {
      const kept = [...past]
      let text = JSON.stringify({ past: kept, future })
      while (text.length > LONGEST && kept.length) {
        kept.splice(0, Math.ceil(kept.length / 2))
        text = JSON.stringify({ past: kept, future })
      }
      return text.length > LONGEST ? '' : text
    },
  }
}

/** Whatever cannot be read is no history: the form itself is whole. */
function read(saved: string): { past: Step[]; future: Step[] } {
  try {
    const { past, future } = JSON.parse(saved) as { past: Step[]; future: Step[] }
    if ([past, future].every((steps) => Array.isArray(steps) && steps.every((step) => Array.isArray(step.place)))) {
      return { past, future }
    }
  } catch {
    // As below.
  }
  return { past: [], future: [] }
}

const copy = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function at(state: unknown, place: Place): unknown {
  return copy(place.reduce<unknown>((value, name) => (value as Record<string | number, unknown> | undefined)?.[name], state))
}

/** The state with another value at a place; `undefined` takes the name away. */
function put(state: unknown, [name, ...rest]: Place, value: unknown): unknown {
  if (name === undefined) return copy(value)
  const inner = rest.length ? put((state as Record<string | number, unknown>)[name], rest, value) : copy(value)
  if (Array.isArray(state)) return state.map((one, n) => (n === name ? inner : one))
  const next = { ...(state as Record<string, unknown>), [name]: inner }
  if (inner === undefined) delete next[name]
  return next
}

/**
 * The place of what differs: one field, or the nearest thing that holds all the fields that
 * differ; null where nothing does. A list whose length changed differs as a whole; so does a list
 * of plain words.
 */
export function changedPlace(before: unknown, after: unknown, place: Place = []): Place | null {
  if (same(before, after)) return null
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length || typeof (after[0] ?? before[0]) !== 'object') return place
    const places = after.flatMap((one, n) => (same(one, before[n]) ? [] : [n]))
    const [only] = places
    return places.length === 1 ? changedPlace(before[only], after[only], [...place, only]) : place
  }
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const changed = names.filter((name) => !same(before[name], after[name]))
    const [only] = changed
    return changed.length === 1 ? changedPlace(before[only], after[only], [...place, only]) : place
  }
  return place
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A place of the form as a path such as `rights[2].number`. */
export function pathOf(place: Place): string {
  return place.map((name, n) => (typeof name === 'number' ? `[${name}]` : n ? `.${name}` : name)).join('')
}
