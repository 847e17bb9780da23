/** Names and amounts as people type them. */
import type { Read } from './calendar'

/** Several names, separated by a comma, a pause mark or a semicolon. */
export function readNames(text: string): Read<string[]> {
  return { value: text.split(/[、,，;；]/).map((name) => name.trim()).filter(Boolean) }
}
export const showNames = (names: string[] | null): string => (names ?? []).join('、')

/** An amount in 万元: only what reads as a decimal goes into the form. */
export function readAmount(text: string): Read<string> {
  const plain = text.normalize('NFKC').trim()
  if (!plain) return { value: null }
  const amount = plain.replace(/\s*万元?$/, '').replace(/,(?=\d{3}(\D|$))/g, '')
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return { value: null, fault: '只填数字，单位是万元，如 120 或 35.5。' }
  return { value: amount }
}
export const showAmount = (amount: string | null): string => amount ?? ''
