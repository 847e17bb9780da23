/**
 * A proposal while it is being typed. It begins empty: the program marks nothing by itself, and an
 * attachment that nobody answered is no answer.
 */
import type { Classification, ClassificationStep, ClassificationView, KnowerChoiceView, LevelView, Marking, SecrecyLevel, SecrecyTerm } from '../generated/commands'
import { readDay, showDay } from '../shared/calendar'

export interface MarkDraft {
  level: SecrecyLevel | ''
  kind: SecrecyTerm['kind'] | ''
  years: string
  until: string
  condition: string
}
export interface PartDraft { answer: '' | 'none' | 'secret'; mark: MarkDraft }
export interface Draft {
  mark: MarkDraft
  parts: Record<string, PartDraft>
  markedOn: string
  basis: string
  accounts: string[]
  outsiders: { name: string; unit: string }[]
  longer: string
  reason: string
  notice: string
}

const emptyMark = (): MarkDraft => ({ level: '', kind: '', years: '', until: '', condition: '' })
const markDraft = ({ level, term }: Marking): MarkDraft => ({
  ...emptyMark(),
  level,
  kind: term.kind,
  ...(term.kind === 'years' ? { years: String(term.years) } : term.kind === 'until' ? { until: showDay(term.day) } : { condition: term.words }),
})

/** Where a proposal begins: at nothing, or at what holds. */
export function draftOf(view: ClassificationView): Draft {
  const now = view.current
  return {
    mark: now ? markDraft(now.marking) : emptyMark(),
    parts: Object.fromEntries(
      view.parts.map(({ evidence }) => {
        const held = now?.parts[evidence]
        const answer = held === undefined ? '' : held === null ? 'none' : 'secret'
        return [evidence, { answer, mark: held ? markDraft(held) : emptyMark() } satisfies PartDraft]
      }),
    ),
    markedOn: now ? showDay(now.marked_on) : '',
    basis: now?.basis ?? '',
    accounts: (now?.scope ?? []).flatMap((knower) => knower.account ?? []),
    outsiders: (now?.scope ?? []).filter((knower) => !knower.account).map(({ name, unit }) => ({ name, unit })),
    longer: now?.longer_reason ?? '',
    reason: '',
    notice: '',
  }
}

/** Reads a mark, or says what is missing of it. */
function readMark(draft: MarkDraft, whose: string, missing: string[]): Marking | null {
  const lacks = (what: string): null => { missing.push(`${whose}：${what}`); return null }
  if (!draft.level) return lacks('没有选密级')
  if (!draft.kind) return lacks('没有选保密期限')
  if (draft.kind === 'years') {
    const years = Number(draft.years.normalize('NFKC').trim())
    return Number.isInteger(years) && years > 0 && years <= 999 ? { level: draft.level, term: { kind: 'years', years } } : lacks('保密期限要写几年')
  }
  if (draft.kind === 'until') {
    const day = readDay(draft.until).value
    return day ? { level: draft.level, term: { kind: 'until', day } } : lacks('解密时间要写到日，如 2036-12-31')
  }
  return draft.condition.trim() ? { level: draft.level, term: { kind: 'condition', words: draft.condition.trim() } } : lacks('没有写解密条件')
}

/** Whether a term is longer than the law gives without a reason. */
function isLonger(mark: Marking, markedOn: string, levels: LevelView[]): boolean {
  const most = levels.find((one) => one.level === mark.level)?.most_years ?? Number.POSITIVE_INFINITY
  if (mark.term.kind === 'years') return mark.term.years > most
  if (mark.term.kind === 'condition') return false
  const [year, month, day] = markedOn.split('-')
  return mark.term.day > `${String(Number(year) + most).padStart(4, '0')}-${month}-${day}`
}

export interface Read { content: Classification | null; missing: string[]; longer: boolean }

/** Reads the whole proposal; `missing` says everything that is not answered yet. */
export function read(draft: Draft, step: ClassificationStep, view: ClassificationView): Read {
  const missing: string[] = []
  if (step !== 'determine') {
    if (!draft.notice.trim()) missing.push('没有写书面通知的文号和标题')
    if (!draft.reason.trim()) missing.push('没有写理由')
  }
  if (step === 'end') return { content: null, missing, longer: false }
  const marking = readMark(draft.mark, '征集表', missing)
  const parts: Classification['parts'] = {}
  const marks: Marking[] = marking ? [marking] : []
  for (const { evidence, title } of view.parts) {
    const part = draft.parts[evidence]
    if (!part?.answer) missing.push(`“${title}”：没有回答是否涉密`)
    else if (part.answer === 'none') parts[evidence] = null
    else {
      const own = readMark(part.mark, `“${title}”`, missing)
      if (own) marks.push((parts[evidence] = own))
    }
  }
  const markedOn = readDay(draft.markedOn).value ?? ''
  if (!markedOn) missing.push('定密日期要写到日，如 2026-11-28')
  if (!draft.basis.trim()) missing.push('没有写定密依据')
  if (!draft.accounts.length) missing.push('知悉范围里至少要有一位本保管库的人员')
  if (draft.outsiders.some((one) => !one.name.trim())) missing.push('知悉范围里有一行没有写姓名')
  const longer = !!markedOn && marks.some((mark) => isLonger(mark, markedOn, view.levels))
  if (longer && !draft.longer.trim()) missing.push('期限比法律给的长，没有写理由')
  if (missing.length || !marking) return { content: null, missing, longer }
  return { content: { marking, marked_on: markedOn, basis: draft.basis.trim(), scope: scopeOf(draft, view.people), parts, longer_reason: longer ? draft.longer.trim() : '' }, missing, longer }
}

function scopeOf(draft: Draft, people: KnowerChoiceView[]): Classification['scope'] {
  const inside = people.filter((one) => draft.accounts.includes(one.account)).map((one) => ({ account: one.account, name: one.name, unit: '' }))
  return [...inside, ...draft.outsiders.map(({ name, unit }) => ({ name: name.trim(), unit: unit.trim() }))]
}

/** A mark in words: 机密★10年. */
export function words({ level, term }: Marking, levels: LevelView[]): string {
  const label = levels.find((one) => one.level === level)?.label ?? level
  if (term.kind === 'years') return `${label}★${term.years}年`
  if (term.kind === 'condition') return `${label}★${term.words}`
  const [year, month, day] = term.day.split('-').map(Number)
  return `${label}★${year}年${month}月${day}日`
}
