/** What may follow for a package, as buttons; and codes as they are read aloud. */
import type { HandoverStep, SealedRowView } from '../generated/commands'

export interface StepButton {
  code: HandoverStep
  label: string
  /** What mostly follows. */
  first: boolean
}

const LABELS: Record<HandoverStep, string> = {
  sealed: '封装',
  written: '写入介质',
  counted: '清点',
  registered: '登记',
  handed_over: '移交',
  signed_for: '核对回执码',
  returned: '退回',
  destroyed: '销毁',
}

export const stepLabel = (code: HandoverStep): string => LABELS[code]

/** Buttons in the order of the way; the first that is no end stands out. */
export function steps(row: SealedRowView): StepButton[] {
  const open = row.next.filter((code) => code !== 'sealed' && code !== 'written')
  const next = open.find((code) => code !== 'returned' && code !== 'destroyed')
  return open.map((code) => ({ code, label: LABELS[code], first: code === next }))
}

/** Two couriers carry 绝密 (实施条例第二十九条). */
export const couriersFor = (marking: string): number => (marking.startsWith('绝密') ? 2 : 1)

/** 1234 5678 9012 */
export const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

const RANKS = ['秘密', '机密', '绝密']
/** Several marks on one screen: the band wears the highest. */
export const highest = (marks: string[]): string =>
  marks.reduce((most, mark) => (RANKS.indexOf(mark.slice(0, 2)) > RANKS.indexOf(most.slice(0, 2)) ? mark : most), '')
