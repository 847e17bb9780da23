import { expect, test } from 'vitest'
import type { ClassificationView } from '../generated/commands'
import { draftOf, read, words } from './draft'

const levels = [
  { level: 'confidential', label: '秘密', most_years: 10, hindrance: null },
  { level: 'secret', label: '机密', most_years: 20, hindrance: null },
  { level: 'top-secret', label: '绝密', most_years: 30, hindrance: '报上级定密' },
] as const
const view = (more: Partial<ClassificationView> = {}) =>
  ({
    levels, current: null,
    parts: [{ evidence: 'a', title: '检测报告', marking: null }, { evidence: 'b', title: '照片', marking: null }],
    people: [{ account: 'p1', name: '王敏', roles: '填报人' }, { account: 'p2', name: '李强', roles: '单位审核人' }],
    ...more,
  }) as unknown as ClassificationView

/** A proposal that lacks nothing. */
function whole() {
  const draft = draftOf(view())
  Object.assign(draft.mark, { level: 'secret', kind: 'years', years: '10' })
  draft.parts.a = { answer: 'secret', mark: { ...draft.mark, level: 'confidential', years: '5' } }
  draft.parts.b.answer = 'none'
  Object.assign(draft, { markedOn: '2026年11月28日', basis: '某某保密事项范围第 3 条', accounts: ['p2'], outsiders: [{ name: ' 周伟 ', unit: '市科技局' }] })
  return draft
}

test('nothing is marked, answered or known to anybody beforehand', () => {
  const draft = draftOf(view())
  expect(draft.mark).toEqual({ level: '', kind: '', years: '', until: '', condition: '' })
  expect(Object.values(draft.parts).map((part) => part.answer)).toEqual(['', ''])
  expect(draft.accounts).toEqual([])
  const { content, missing } = read(draft, 'determine', view())
  expect(content).toBeNull()
  expect(missing).toContain('“检测报告”：没有回答是否涉密')
  expect(missing).toContain('“照片”：没有回答是否涉密')
  expect(missing).toHaveLength(6)
})

test('a whole proposal says level, term, day, basis, every attachment and who may know', () => {
  expect(read(whole(), 'determine', view()).content).toEqual({
    marking: { level: 'secret', term: { kind: 'years', years: 10 } },
    marked_on: '2026-11-28',
    basis: '某某保密事项范围第 3 条',
    scope: [{ account: 'p2', name: '李强', unit: '' }, { name: '周伟', unit: '市科技局' }],
    parts: { a: { level: 'confidential', term: { kind: 'years', years: 5 } }, b: null },
    longer_reason: '',
  })
})

test('a single open attachment holds the whole proposal back', () => {
  const draft = whole()
  draft.parts.b.answer = ''
  expect(read(draft, 'determine', view())).toMatchObject({ content: null, missing: ['“照片”：没有回答是否涉密'] })
})

test.each([
  ['years', '21', true], ['years', '20', false],
  ['until', '2046-11-29', true], ['until', '2046-11-28', false],
  ['condition', '公开发布后', false],
])('a term of %s %s asks for a reason: %s', (kind, text, longer) => {
  const draft = whole()
  Object.assign(draft.mark, { kind, years: text, until: text, condition: text })
  expect(read(draft, 'determine', view()).longer).toBe(longer)
  expect(!read(draft, 'determine', view()).content).toBe(longer)
  draft.longer = '技术迭代慢'
  expect(read(draft, 'determine', view()).content?.longer_reason).toBe(longer ? '技术迭代慢' : '')
})

test('a change and an end need notice and reason, an end nothing else', () => {
  const draft = draftOf(view())
  expect(read(draft, 'end', view()).missing).toEqual(['没有写书面通知的文号和标题', '没有写理由'])
  Object.assign(draft, { notice: '青科密〔2026〕3号', reason: '已公开' })
  expect(read(draft, 'end', view())).toEqual({ content: null, missing: [], longer: false })
  expect(read(whole(), 'change', view()).missing).toHaveLength(2)
})

test('a change begins with what holds; an attachment that came since is open', () => {
  const current = read(whole(), 'determine', view()).content
  const now = view({ current, parts: [{ evidence: 'a', title: '检测报告', marking: null }, { evidence: 'c', title: '新图纸', marking: null }] })
  const draft = draftOf(now)
  expect(draft.mark).toMatchObject({ level: 'secret', kind: 'years', years: '10' })
  expect(draft.parts.a.answer).toBe('secret')
  expect(draft.parts.c.answer).toBe('')
  expect(draft.accounts).toEqual(['p2'])
  expect(draft.outsiders).toEqual([{ name: '周伟', unit: '市科技局' }])
})

test('a mark reads as it is written on paper', () => {
  expect(words({ level: 'secret', term: { kind: 'years', years: 10 } }, [...levels])).toBe('机密★10年')
  expect(words({ level: 'confidential', term: { kind: 'until', day: '2030-02-05' } }, [...levels])).toBe('秘密★2030年2月5日')
  expect(words({ level: 'top-secret', term: { kind: 'condition', words: '装备退役后' } }, [...levels])).toBe('绝密★装备退役后')
})
