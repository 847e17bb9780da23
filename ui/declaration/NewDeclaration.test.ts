import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { session } from '../shared/session'
import NewDeclaration from './NewDeclaration.vue'

const call = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, asFailure: (fault: unknown) => fault }))

beforeEach(() => {
  call.mockReset()
  session.status = {
    version: '', edition: 'open', network: true, today: '', vaults: [], person: null, unit: null,
    recovered: [], days_to_deadline: 0, care: null,
  }
})

test('涉密 in the open edition ends there and sends nothing', async () => {
  const page = mount(NewDeclaration)
  await page.get('[data-testid="classified-yes"]').trigger('click')
  expect(page.get('[data-testid="classified-end"]').text()).toContain('没有保存任何内容')
  expect(call).not.toHaveBeenCalled()
})

test('不涉密 begins a declaration', async () => {
  call.mockResolvedValue({ id: 'x' })
  const page = mount(NewDeclaration)
  await page.get('[data-testid="classified-no"]').trigger('click')
  expect(call).toHaveBeenCalledWith('declaration_create', { classified: false })
})

test('the classified edition takes in only what is classified', async () => {
  if (session.status) session.status.edition = 'classified'
  const page = mount(NewDeclaration)
  await page.get('[data-testid="classified-no"]').trigger('click')
  expect(call).not.toHaveBeenCalled()
  expect(page.find('[data-testid="classified-end"]').exists()).toBe(true)
})
