/** What the fields of a form share: what the rules say, and whether the person may type. */
import type { InjectionKey, Ref } from 'vue'
import type { CheckView, UnitInfo } from '../generated/commands'

export interface FormContext {
  check: Ref<CheckView | null>
  readonly: Ref<boolean>
}

export const formKey: InjectionKey<FormContext> = Symbol('form')

/** An empty unit of fields 11 and 12. */
export function emptyUnit(): UnitInfo {
  return { name: '', nature: null, nature_other: '', contact: '', email: '', phone: '', address: '' }
}
