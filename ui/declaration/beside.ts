/**
 * What the window saves beside the form: the steps that can be undone, and text that cannot be
 * read as a date or a number yet. The core keeps it with the version it belongs to.
 */

export interface Beside {
  steps: string
  /** Path of the field and what stands in it. */
  drafts: [string, string][]
}

export function pack(beside: Beside): string {
  return JSON.stringify(beside)
}

/** Whatever cannot be read is nothing: the form itself is whole. */
export function unpack(text: string): Beside {
  try {
    const { steps, drafts } = JSON.parse(text) as Beside
    const readable = Array.isArray(drafts) && drafts.every((draft) => Array.isArray(draft) && draft.every((part) => typeof part === 'string'))
    if (typeof steps === 'string' && readable) return { steps, drafts }
  } catch {
    // As below.
  }
  return { steps: '', drafts: [] }
}
