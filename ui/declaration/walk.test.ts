import { mount } from '@vue/test-utils'
import { expect, test, afterEach } from 'vitest'
import { reactive, ref } from 'vue'
import type { CheckView, Finding, FormFieldView } from '../generated/commands'
import { passage } from '../shared/clauses'
import { formKey, reasonKey } from './context'
import ClaimFindings from './ClaimFindings.vue'
import FieldFrame from './FieldFrame.vue'
import FindingsPanel from './FindingsPanel.vue'
import { nextPlace, openFindings, sectionOf, told } from './walk'

const finding = (path: string, tier: Finding['tier'] = 'mandatory'): Finding =>
  ({ code: 'x', path, clause: '一（二）', tier, message: `${path}不符`, remedy: '请核对。' })
const [a, b, c] = ['name', 'rights[0].number', 'summary'].map((path) => finding(path))
const at = (one: Finding, place: number) => ({ key: reasonKey(one), place })

test('the walk goes forwards and backwards and round the ends', () => {
  expect([nextPlace([a, b, c], null, 1), nextPlace([a, b, c], at(a, 0), 1), nextPlace([a, b, c], at(c, 2), 1)]).toEqual([0, 1, 0])
  expect([nextPlace([a, b, c], null, -1), nextPlace([a, b, c], at(a, 0), -1)]).toEqual([2, 2])
  expect(nextPlace([], null, 1)).toBe(-1)
})

test('after one was settled the walk goes on from there and skips none', () => {
  expect(nextPlace([a, c], at(b, 1), 1)).toBe(1)
  expect(nextPlace([a, c], at(b, 1), -1)).toBe(0)
  expect(nextPlace([a], at(c, 2), 1)).toBe(0)
})

test('a 核实性 finding with a reason is settled, a 强制性 one never by words', () => {
  const ask = finding('research.to', 'verify')
  const reasons = { [reasonKey(ask)]: '已核对', [reasonKey(a)]: '已核对' }
  expect(openFindings([a, ask], reasons)).toEqual([a])
  expect(openFindings([ask], { [reasonKey(ask)]: '  ' })).toEqual([ask])
})

test('arriving says which one of how many', () => {
  expect(told(b, 1, 5)).toBe('第 2 处，共 5 处。须改正：rights[0].number不符')
})

test('each path leads to its section', () => {
  expect(['name', 'rights[1].number', 'ownership.holders[0].phone', 'evidence.right:1', 'researchers'].map(sectionOf)).toEqual(
    ['achievement', 'rights', 'units', 'evidence', 'summary'],
  )
})

test('every clause that the rules rest on has its passage', () => {
  for (const clause of ['一（一）', '一（二）', '二（一）', '二（二）', '二（五）', '三（一）', '附件1 第20项', '一票否决']) expect(passage(clause)?.points.length, clause).toBeGreaterThan(0)
  expect(passage('九（九）')).toBeUndefined()
})

const help = { number: 1, path: 'name', label: '成果名称', hint: '落脚到技术或产品', help: '写产品或技术的名字。', clause: '附件1 第1项', section: '', required: true, options: [] } as FormFieldView
function context(findings: Finding[], readonly = false) {
  return { check: ref({ findings } as unknown as CheckView), readonly: ref(readonly), reasons: reactive<Record<string, string>>({}), shown: reactive(new Set<string>()) }
}
let page: ReturnType<typeof mount> | null = null
afterEach(() => page?.unmount())
const settle = () => new Promise((done) => setTimeout(done))

test('F1 shows the help in plain words, Esc closes it, and the focus returns to the field', async () => {
  page = mount(FieldFrame, { props: { field: help, path: 'name' }, slots: { default: '<input data-testid="in" />' }, global: { provide: { [formKey as symbol]: context([]) } }, attachTo: document.body })
  const input = page.get<HTMLInputElement>('[data-testid="in"]')
  input.element.focus()
  const event = new KeyboardEvent('keydown', { key: 'F1', bubbles: true, cancelable: true })
  input.element.dispatchEvent(event)
  await settle()
  expect(event.defaultPrevented).toBe(true)
  expect(page.get('[data-testid="help"]').text()).toContain('写产品或技术的名字')
  expect(document.activeElement).toBe(page.get('[data-testid="help"]').element)
  await page.get('[data-testid="help"]').trigger('keydown', { key: 'Escape' })
  await settle()
  expect(page.find('[data-testid="help"]').exists()).toBe(false)
  expect(document.activeElement).toBe(input.element)
})

test('the reason is asked for at the field while it is on the screen, otherwise on the right', async () => {
  const ask = finding('name', 'verify')
  const shared = context([ask])
  const provide = { [formKey as symbol]: shared }
  page = mount(FieldFrame, { props: { field: help, path: 'name' }, global: { provide } })
  const panel = mount(FindingsPanel, { props: { findings: [ask], here: null }, global: { provide } })
  await settle()
  expect(panel.find('textarea').exists()).toBe(false)
  await page.get('textarea').setValue('合同约定，已核对')
  expect(shared.reasons[reasonKey(ask)]).toBe('合同约定，已核对')
  expect(panel.text()).toContain('已说明')
  page.unmount()
  page = null
  await settle()
  expect(panel.get('textarea').element.value).toBe('合同约定，已核对')
})

test('the reviewer reads the reason and cannot change it', () => {
  const ask = finding('name', 'verify')
  const shared = context([ask], true)
  shared.reasons[reasonKey(ask)] = '合同约定'
  page = mount(FieldFrame, { props: { field: help, path: 'name' }, global: { provide: { [formKey as symbol]: shared } } })
  expect(page.find('textarea').exists()).toBe(false)
  expect(page.text()).toContain('填报人说明：合同约定')
})

test('a claim asks for its reason at its row of the map, and the right column leaves it there', async () => {
  const ask = finding('evidence.category', 'verify')
  const shared = context([ask, finding('evidence.right:1')])
  const provide = { [formKey as symbol]: shared }
  page = mount(ClaimFindings, { props: { path: 'evidence.category' }, global: { provide } })
  const panel = mount(FindingsPanel, { props: { findings: [ask], here: null }, global: { provide } })
  await settle()
  expect(page.findAll('textarea').length).toBe(1)
  expect(panel.find('textarea').exists()).toBe(false)
  await page.get('textarea').setValue('应用证明在办')
  expect(shared.reasons[reasonKey(ask)]).toBe('应用证明在办')
})
