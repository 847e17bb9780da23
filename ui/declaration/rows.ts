/** Entries of a list in the form: the keyboard stays where the work is. */
import { nextTick } from 'vue'
import { forgetDrafts } from '../shared/drafts'

const row = (path: string, n: number): HTMLElement | null =>
  document.querySelector(`[data-row="${CSS.escape(path)}\\[${n}\\]"]`)

/** Adds an entry and puts the cursor into its first field. */
export async function addRow<T>(rows: T[], entry: T, path: string): Promise<void> {
  rows.push(entry)
  await nextTick()
  row(path, rows.length - 1)?.querySelector<HTMLElement>('input,select,textarea')?.focus()
}

/** Takes an entry out; the cursor goes to the one that took its place, else to the add button. */
export async function removeRow<T>(rows: T[], n: number, path: string): Promise<void> {
  rows.splice(n, 1)
  forgetDrafts(`${path}[`)
  await nextTick()
  const near = row(path, Math.min(n, rows.length - 1))?.querySelector<HTMLElement>('[data-remove]')
  const add = document.querySelector<HTMLElement>(`[data-add="${CSS.escape(path)}"]`)
  ;(near ?? add)?.focus()
}
