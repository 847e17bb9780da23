// A card is taken in only after eight digits were typed as the other side reads them.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import CardDialog from './CardDialog.vue'
import { digitsOf } from './digits'

const call = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, pickFiles: async () => [{ token: 'f', name: '证书.cer', size: 500 }], asFailure: (fault: unknown) => fault }))

const card = {
  fingerprint: 'ab'.repeat(32), grouped: 'ABAB', qr_svg: '<svg></svg>', holder: '科技局', unit: '', person: '',
  valid_from: '2026-01-01', valid_until: '2029-01-01', authority: false, usable: false, standing: '', taken_by: '', taken_at: '', compared: '',
}
beforeEach(() => {
  call.mockReset()
  HTMLDialogElement.prototype.showModal = vi.fn()
  HTMLDialogElement.prototype.close = vi.fn()
})

test('digits are read without blanks and in small letters', () => {
  expect(digitsOf('AB12 cd34')).toBe('ab12cd34')
})

test('taking in waits for all eight digits and sends what was typed, not what is shown', async () => {
  call.mockResolvedValueOnce({ card, known: false, hindrance: null })
  const page = mount(CardDialog)
  await page.vm.pick()
  await flushPromises()
  const take = page.get('[data-testid="card-take"]')
  expect(take.attributes('disabled')).toBeDefined()
  await page.get('[data-testid="card-digits"]').setValue('ABCD EF0')
  expect(take.attributes('disabled')).toBeDefined()
  await page.get('[data-testid="card-digits"]').setValue('ABCD EF01')
  call.mockResolvedValueOnce({ keys: [], cards: [], may_manage: true, statement: '' })
  await take.trigger('click')
  await flushPromises()
  expect(call).toHaveBeenLastCalledWith('card_take', expect.objectContaining({ digits: 'abcdef01', file: 'f' }))
})

test('a card that cannot be taken in says why and offers nothing', async () => {
  call.mockResolvedValueOnce({ card, known: false, hindrance: '证书已过期，不能收录。' })
  const page = mount(CardDialog)
  await page.vm.pick()
  await flushPromises()
  expect(page.get('[data-testid="card-hindrance"]').text()).toContain('已过期')
  expect(page.find('[data-testid="card-take"]').exists()).toBe(false)
})
