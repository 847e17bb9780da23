import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ClassificationView } from '../generated/commands'
import ClassificationPanel from './ClassificationPanel.vue'

const call = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, saveAs: vi.fn(), asFailure: (fault: unknown) => fault }))

const base = {
  declaration: 'd', name: '浮力球', marking: null, current: null, pending: null, history: [],
  parts: [{ evidence: 'a', title: '检测报告', marking: null }],
  people: [{ account: 'p2', name: '李强', roles: '单位审核人' }],
  levels: [{ level: 'secret', label: '机密', most_years: 20, hindrance: null }, { level: 'top-secret', label: '绝密', most_years: 30, hindrance: '报上级定密' }],
  may_propose: true, steps: ['determine'], may_decide: false, hindrance: null, ends_note: null,
} as unknown as ClassificationView
const proposal = { id: 'x', step: 'determine', step_label: '确定', marking: '机密★10年', content: null, reason: '', notice: '', proposed_by: '王敏', proposed_at: '2026-11-28T08:00:00+08:00', verdict: null }
let answers: Record<string, unknown>
beforeEach(() => {
  call.mockReset()
  answers = { classification_show: base, knowledge_show: { rows: [], marking: '未定密', required: false, may_add: true } }
  call.mockImplementation((name: string) => Promise.resolve(answers[name]))
})
async function panel() {
  const shown = mount(ClassificationPanel, { props: { id: 'd' } })
  await flushPromises()
  return shown
}
const id = (name: string) => `[data-testid="${name}"]`
const asked = (name: string) => call.mock.calls.filter(([called]) => called === name).map(([, request]) => request)

test('a form that was just opened has nothing chosen and cannot be handed in', async () => {
  const shown = await panel()
  expect(shown.get(id('secrecy-none')).text()).toContain('还没有定密')
  await shown.get(id('secrecy-determine')).trigger('click')
  expect(shown.findAll('input').filter((input) => (input.element as HTMLInputElement).checked)).toEqual([])
  expect(shown.get(id('propose-confirm')).attributes('disabled')).toBeDefined()
  await shown.get(id('propose-form')).trigger('submit')
  expect(asked('classification_propose')).toEqual([])
  expect(shown.get(id('mark-level-top-secret')).attributes('disabled')).toBeDefined()
  expect(shown.get(id('propose-form')).text()).toContain('报上级定密')
})

test('what was typed is what is proposed, and then it waits for somebody else', async () => {
  const shown = await panel()
  answers.classification_propose = { ...base, pending: proposal, may_propose: false }
  await shown.get(id('secrecy-determine')).trigger('click')
  await shown.get(id('mark-level-secret')).setValue(true)
  await shown.get(id('mark-term-years')).setValue(true)
  await shown.get(id('mark-years')).setValue('10')
  await shown.get(id('part-0-none')).setValue(true)
  await shown.get(id('mark-date')).setValue('2026-11-20')
  await shown.get(id('mark-basis')).setValue('保密事项范围')
  await shown.get(id('scope-李强')).setValue(true)
  expect(shown.find(id('propose-missing')).exists()).toBe(false)
  await shown.get(id('propose-form')).trigger('submit')
  await flushPromises()
  expect(asked('classification_propose')[0]).toMatchObject({ id: 'd', step: 'determine', content: { parts: { a: null }, scope: [{ account: 'p2', name: '李强' }] } })
  expect(shown.get(id('proposal-pending')).text()).toContain('王敏')
  expect(shown.find(id('decide-approve')).exists()).toBe(false)
  expect(shown.emitted('changed')).toHaveLength(1)
})

test('a refusal needs a reason, an approval none', async () => {
  answers.classification_show = { ...base, pending: proposal, may_propose: false, may_decide: true }
  answers.classification_decide = { ...base, history: [{ ...proposal, verdict: { approved: false, reason: '依据不对', decided_by: '周定', decided_at: '2026-11-28T09:00:00+08:00' } }] }
  const shown = await panel()
  expect(shown.get(id('decide-refuse')).attributes('disabled')).toBeDefined()
  expect(shown.get(id('decide-approve')).attributes('disabled')).toBeUndefined()
  await shown.get(id('decide-reason')).setValue('依据不对')
  await shown.get(id('decide-refuse')).trigger('click')
  await flushPromises()
  expect(asked('classification_decide')).toEqual([{ proposal: 'x', approve: false, reason: '依据不对' }])
  expect(shown.get(id('proposal-verdict')).text()).toContain('不同意：依据不对')
})

test('whoever no longer may know is told so, and who knew is not asked for', async () => {
  answers.classification_show = { ...base, name: '', people: [], parts: [], steps: [], may_propose: false, hindrance: '您不在知悉范围内' }
  const shown = await panel()
  expect(shown.get(id('secrecy-hindrance')).text()).toBe('您不在知悉范围内')
  expect(asked('knowledge_show')).toEqual([])
})
