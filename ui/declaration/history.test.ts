import { describe, expect, test } from 'vitest'
import { changedPlace, history, LONGEST, pathOf, PAUSE } from './history'
import { nameOf } from './names'
import { called, leadsTo } from './undo'

const form = (name: string, rights: { number: string }[] = []) => ({ name, summary: '', rights })

describe('the history of a form', () => {
  test('typing in one field without a pause is one step', () => {
    const steps = history(form(''))
    for (const [n, name] of ['深', '深海', '深海球'].entries()) steps.record(form(name), n * PAUSE)
    expect(steps.undo()?.state.name).toBe('')
    expect(steps.undo()).toBeNull()
    expect(steps.redo()?.state.name).toBe('深海球')
  })

  test('a pause ends the step', () => {
    const steps = history(form(''))
    steps.record(form('深'), 0)
    steps.record(form('深海'), PAUSE + 1)
    expect(steps.undo()?.state.name).toBe('深')
    expect(steps.undo()?.state.name).toBe('')
  })

  test('another field is another step, however fast', () => {
    const steps = history(form(''))
    steps.record(form('深'), 0)
    steps.record({ ...form('深'), summary: '简' }, 1)
    expect(steps.next().undo).toEqual(['summary'])
    expect(steps.undo()?.state).toEqual(form('深'))
    expect(steps.next()).toEqual({ undo: ['name'], redo: ['summary'] })
  })

  test('typing after undo is a step of its own and ends what could be redone', () => {
    const steps = history(form(''))
    steps.record(form('深'), 0)
    steps.undo()
    steps.record(form('浅'), 1)
    expect(steps.redo()).toBeNull()
    steps.undo()
    steps.redo()
    steps.record(form('浅海'), 2)
    expect(steps.undo()?.state.name).toBe('浅')
  })

  test('what did not change is no step', () => {
    const steps = history(form('深'))
    steps.record(form('深'), 0)
    expect(steps.undo()).toBeNull()
  })

  test('only the newest steps are kept', () => {
    const steps = history(form('0'), '', 3)
    for (let n = 1; n <= 5; n += 1) steps.record(form(String(n)), n * 10_000)
    expect([steps.undo(), steps.undo(), steps.undo()].map((moved) => moved?.state.name)).toEqual(['4', '3', '2'])
    expect(steps.undo()).toBeNull()
  })

  test('the steps come back with the text that was saved, in both directions', () => {
    const steps = history(form(''))
    steps.record(form('深'), 0)
    steps.record(form('深', [{ number: '1' }]), 1)
    steps.record(form('深', [{ number: '2' }]), 2)
    steps.undo()
    const again = history(form('深', [{ number: '1' }]), steps.saved())
    expect(again.redo()?.state).toEqual(form('深', [{ number: '2' }]))
    again.undo()
    expect(again.undo()?.state).toEqual(form('深'))
    expect(again.undo()?.state).toEqual(form(''))
    expect(again.undo()).toBeNull()
  })

  test('a saved history that cannot be read is none', () => {
    for (const text of ['', '[', '{}', '{"past":[1],"future":[]}', 'null']) {
      expect(history(form('深'), text).undo()).toBeNull()
    }
  })

  test('a long history leaves its oldest steps out, never the newest', () => {
    const steps = history(form(''))
    for (let n = 0; n < 150; n += 1) steps.record(form(`${n}`.padEnd(4000, '长')), n * 10_000)
    expect(steps.saved().length).toBeLessThanOrEqual(LONGEST)
    const again = history(form('149'.padEnd(4000, '长')), steps.saved())
    expect(again.undo()?.state.name).toBe('148'.padEnd(4000, '长'))
  })

  test('a reason is a step too, and leads to the field it belongs to', () => {
    const start = { form: form('深'), reasons: {} as Record<string, string> }
    const steps = history(start)
    steps.record({ ...start, reasons: { 'name.brand|name': '是通用名' } }, 0)
    const place = steps.next().undo ?? []
    expect([leadsTo(place), called(place)]).toEqual(['name', '成果名称的理由'])
    expect(steps.undo()?.state.reasons).toEqual({})
    expect(steps.redo()?.state.reasons).toEqual({ 'name.brand|name': '是通用名' })
  })

  test('what was given back cannot be changed from outside', () => {
    const steps = history(form('', [{ number: '1' }]))
    const typed = form('', [{ number: '2' }])
    steps.record(typed, 0)
    typed.rights[0].number = '9'
    steps.undo()
    expect(steps.redo()?.state.rights[0].number).toBe('2')
  })
})

test.each([
  [form('a'), form('b'), 'name'],
  [form('', [{ number: '1' }, { number: '2' }]), form('', [{ number: '1' }, { number: '3' }]), 'rights[1].number'],
  [form('', []), form('', [{ number: '' }]), 'rights'],
  [{ research: { from: null, to: null } }, { research: { from: '2025-01-01', to: null } }, 'research.from'],
  [{ kinds: ['a'] }, { kinds: ['b'] }, 'kinds'],
  [{ units: [{ name: '', phone: '' }] }, { units: [{ name: '院', phone: '1' }] }, 'units[0]'],
])('what differs is found (%#)', (before, after, path) => expect(pathOf(changedPlace(before, after) ?? ['nothing'])).toBe(path))

test.each([
  ['name', '成果名称'], ['rights', '知识产权条目'], ['rights[1].number', '第 2 项知识产权的编号'],
  ['units[0]', '第 1 个完成单位'], ['ownership.holders[0].phone', '第 1 个权属单位的联系电话'],
  ['research.from', '研究开始日期'], ['', '多处内容'],
])('%s is called %s', (path, name) => expect(nameOf(path)).toBe(name))
