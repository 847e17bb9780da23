// What stands before a seal: nothing is chosen by itself, two persons, and why it does not go yet.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { SealPlanView } from '../generated/commands'
import { session } from '../shared/session'
import SealPage from './SealPage.vue'

const call = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, asFailure: (fault: unknown) => fault }))

const item = { declaration: 'd1', reply: false, name: '深海耐压浮力球', revision: 1, marking: '机密★10年', evidence: 2, size: 2048, sealed_in: [] }
const card = (fingerprint: string) => ({
  fingerprint, grouped: '', qr_svg: '', holder: '科技局', unit: '市科技局', person: '张收', valid_from: '2026-01-01', valid_until: '2029-01-01',
  authority: false, usable: true, standing: '可用', taken_by: '', taken_at: '', compared: '',
})
const plan = (over: Partial<SealPlanView> = {}): SealPlanView => ({
  items: [], candidates: [item], marking: '', size: 0, keys: [card('own')], cards: [card('to')], approvers: ['李审'],
  statement: '软件密钥是辅助措施', hindrances: ['还没有选要封装的成果。'], couriers: 1, ...over,
})
const chosen = () => plan({ items: [item], candidates: [], marking: '机密★10年', size: 2048, hindrances: [] })
const at = (page: ReturnType<typeof mount>, id: string) => page.get(`[data-testid="${id}"]`)
let answers: Record<string, unknown>

beforeEach(() => {
  call.mockReset()
  answers = { seal_plan: plan(), machine_show: { machine: { number: '1' }, may_record: false, statement: '' }, folder_pick: { token: 'f', name: 'U盘', size: 0 }, medium_show: { removable: true, label: '', serial: 'S1', words: '可移动介质' } }
  call.mockImplementation((name: string) => Promise.resolve(answers[name]))
  session.status = { person: { id: 'p', name: '王专管', roles: ['results-officer'] } } as unknown as typeof session.status
})
async function open() {
  const page = mount(SealPage)
  await flushPromises()
  return page
}
async function choose(page: ReturnType<typeof mount>) {
  answers.seal_plan = chosen()
  await at(page, 'seal-choose').setValue(true)
  await flushPromises()
}

test('nothing is put in by itself, and what the seal is stands on top', async () => {
  const page = await open()
  expect((at(page, 'seal-choose').element as HTMLInputElement).checked).toBe(false)
  expect(at(page, 'seal-statement').text()).toContain('辅助')
  expect(page.find('[data-testid="seal-begin"]').exists()).toBe(false)
  expect(at(page, 'seal-first').text()).toContain('先勾选')
})

test('what was chosen is what the plan is asked about', async () => {
  const page = await open()
  await choose(page)
  expect(call).toHaveBeenLastCalledWith('seal_plan', { declarations: ['d1'], replies: [] })
  expect(at(page, 'seal-summary').text()).toContain('机密★10年')
})

test('it goes only with recipient, medium, number and a second person, and the passphrase leaves the window', async () => {
  const page = await open()
  await choose(page)
  const begin = at(page, 'seal-begin')
  const blocked = () => begin.attributes('disabled') !== undefined
  expect((at(page, 'seal-recipient').element as HTMLInputElement).checked).toBe(false)
  await at(page, 'seal-recipient').setValue(true)
  await at(page, 'seal-folder').trigger('click')
  await flushPromises()
  await at(page, 'seal-label').setValue('涉密 U 盘 003')
  await at(page, 'seal-approver').setValue('王专管')
  await at(page, 'seal-passphrase').setValue('李审的密码 2026')
  expect(blocked()).toBe(true)
  expect(at(page, 'seal-waits').text()).toContain('本人')
  await at(page, 'seal-approver').setValue('李审')
  expect(blocked()).toBe(false)
  answers.seal_begin = { id: 'j', title: '封装到介质', state: 'done', done: 1, total: 1, current: '', remarks: [], faults: [] }
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(call).toHaveBeenCalledWith('seal_begin', expect.objectContaining({ recipients: ['to'], key: 'own', approver: '李审', approver_passphrase: '李审的密码 2026', folder: 'f', medium_serial: 'S1' }))
  expect(page.html()).not.toContain('李审的密码')
  expect(at(page, 'seal-register').text()).toContain('移交登记')
})

test('without a recorded machine it says so and leads there', async () => {
  answers.machine_show = { machine: null, may_record: false, statement: '' }
  answers.seal_plan = plan({ hindrances: ['还没有登记这台涉密计算机', '还没有选要封装的成果。'] })
  const page = await open()
  await at(page, 'seal-machine').trigger('click')
  expect(session.place.name).toBe('machine')
})
