/** What the window knows of program, vault and person; and where the person is. */
import { reactive } from 'vue'
import { call } from '../platform'
import type { AppStatusView, FormFieldView } from '../generated/commands'

export type Place =
  | { name: 'mine' | 'review' | 'received' | 'sent' | 'returned' | 'sync' | 'addresses' | 'annexes' | 'bin' | 'people' | 'audit' | 'care' | 'settings' | 'new' }
  | { name: 'known' | 'keys' | 'seal' | 'register' | 'machine' }
  | { name: 'decide'; said?: string }
  | { name: 'declaration' | 'reading'; id: string; section?: string }

export const session = reactive({
  status: null as AppStatusView | null,
  catalogue: [] as FormFieldView[],
  help: {} as Record<string, string>,
  place: { name: 'mine' } as Place,
  syncSummary: '',
  /** The mark of what is on the screen; empty where nothing of a declaration is. */
  marking: '',
})

/** Goes somewhere. */
export function go(place: Place): void {
  session.place = place
}

let last: Promise<unknown> = Promise.resolve()
/** A page that is left saves what was typed last. */
export function leaving(saving: Promise<unknown>): void {
  last = saving
}
/** Waits until it is saved; a failure was shown already, and the typing is kept for the retry. */
export async function saved(): Promise<void> {
  await last.catch(() => undefined)
}

/** Takes over what a command said of the program. */
export function take(status: AppStatusView): void {
  session.status = status
}

/** Asks the program at the start. */
export async function start(): Promise<void> {
  session.catalogue = await call('form_catalogue', {})
  session.help = Object.fromEntries((await call('form_help', {})).map((entry) => [entry.path, entry.help]))
  take(await call('app_status', {}))
}

/** Label, hint, clause and options of a form field. */
export function field(number: number): FormFieldView {
  const found = session.catalogue.find((entry) => entry.number === number)
  if (!found) throw new Error(`the form has no field ${number}`)
  return found
}

/** Help for a place of the form such as `rights[3].number`; empty where there is none. */
export function helpAt(path: string): string {
  return session.help[path.replace(/\[\d+\]/g, '').replace('ownership.holders', 'units')] ?? ''
}
