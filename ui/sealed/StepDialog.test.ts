// Steps of the register: who carries, by which channel, and the code that is read over.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { HandoverStep, SealedRowView } from '../generated/commands'
import StepDialog from './StepDialog.vue'

const call = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, asFailure: (fault: unknown) => fault }))

beforeEach(() => {
  call.mockReset()
  call.mockResolvedValue({ rows: [], reminders: [], may_keep: true })
  HTMLDialogElement.prototype.showModal = vi.fn()
  HTMLDialogElement.prototype.close = vi.fn()
})
async function open(marking: string, step: HandoverStep) {
  const page = mount(StepDialog)
  page.vm.open({ package_id: 'p1', number: '2026-001', marking, outgoing: true } as SealedRowView, step)
  await flushPromises()
  return page
}
const blocked = (page: ReturnType<typeof mount>) => page.get('[data-testid="step-confirm"]').attributes('disabled') !== undefined

test('top secret asks for two couriers and takes no name twice', async () => {
  const page = await open('绝密★20年', 'handed_over')
  const names = page.findAll('[data-testid="step-courier"]')
  expect(names).toHaveLength(2)
  await names[0]?.setValue('赵一')
  await names[1]?.setValue('赵一')
  expect(blocked(page)).toBe(true)
  await names[1]?.setValue('钱二')
  expect(blocked(page)).toBe(false)
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(call).toHaveBeenCalledWith('sealed_step', expect.objectContaining({ step: 'handed_over', couriers: ['赵一', '钱二'] }))
})

test('no channel is preselected for what goes out', async () => {
  const page = await open('秘密★5年', 'registered')
  expect(blocked(page)).toBe(true)
  await page.get('[data-testid="step-channel"]').setValue('机要交通')
  expect(blocked(page)).toBe(false)
})

test('returning and destroying name who approved and why', async () => {
  const page = await open('秘密★5年', 'destroyed')
  expect(blocked(page)).toBe(true)
  await page.get('[data-testid="step-approved-by"]').setValue('孙批')
  expect(blocked(page)).toBe(true)
  await page.get('[data-testid="step-words"]').setValue('期满，送销毁中心')
  expect(blocked(page)).toBe(false)
})

test('a signature is entered only by the whole code', async () => {
  const page = await open('秘密★5年', 'signed_for')
  await page.get('[data-testid="step-code"]').setValue('1234 5678 901')
  expect(blocked(page)).toBe(true)
  await page.get('[data-testid="step-code"]').setValue('1234 5678 9012')
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(call).toHaveBeenCalledWith('receipt_take', { file: null, package_id: 'p1', code: '1234 5678 9012' })
})
