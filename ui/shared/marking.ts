/** Marks at the fields of a form: a reading desk offers them, a form that is typed in has none. */
import type { InjectionKey, Ref } from 'vue'
import type { MarkView } from '../generated/commands'

export interface Marking {
  /** The person may make marks now. */
  may: Ref<boolean>
  marks: Ref<MarkView[]>
  /** Begins a mark at a field, or goes to the one that is there. */
  mark: (path: string) => void
}

export const markingKey: InjectionKey<Marking> = Symbol('marking')
