/** What the fields of a form share: what the rules say, the reasons given, who may type. */
import type { InjectionKey, Ref } from 'vue'
import type { CheckView, Finding, UnitInfo } from '../generated/commands'

export interface FormContext {
  check: Ref<CheckView | null>
  readonly: Ref<boolean>
  /** Reasons for 核实性 findings, by [`reasonKey`]. */
  reasons: Record<string, string>
  /** Paths whose field stands on the screen: there the reason is asked for, not on the right. */
  shown: Set<string>
}

export const formKey: InjectionKey<FormContext> = Symbol('form')

/** Which finding a reason belongs to. */
export const reasonKey = (finding: Pick<Finding, 'code' | 'path'>): string => `${finding.code}|${finding.path}`

/** The test id of the reason's input, wherever it stands. */
export const reasonId = (finding: Finding): string => `reason-${finding.code}-${finding.path}`

/** An empty unit of fields 11 and 12. */
export function emptyUnit(): UnitInfo {
  return { name: '', nature: null, nature_other: '', contact: '', email: '', phone: '', address: '' }
}
