// An open package goes into a classified vault only after the person knows that it stays there.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { session } from '../shared/session'
import ReceivedPage from './ReceivedPage.vue'

const call = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, pickFiles: async () => [{ token: 't', name: '包.zip', size: 9 }], asFailure: (fault: unknown) => fault }))

const job = { id: 'j', title: '收下', state: 'done', done: 1, total: 1, current: '', remarks: [], faults: [] }
const asked = () => call.mock.calls.filter(([name]) => name === 'received_take').map(([, request]) => request)
async function open(edition: 'open' | 'classified') {
  session.status = { edition, person: { id: 'me', name: '本人', roles: [] } } as unknown as typeof session.status
  const page = mount(ReceivedPage)
  await flushPromises()
  await page.get('[data-testid="received-take"]').trigger('click')
  await flushPromises()
  return page
}

beforeEach(() => {
  call.mockReset()
  call.mockImplementation((name: string) => Promise.resolve(name === 'received_list' ? { received: [], refused: [], pulling: [] } : job))
})

test('the classified edition asks first, and sends the consent only then', async () => {
  const page = await open('classified')
  expect(asked()).toEqual([])
  expect(page.get('[data-testid="one-way"]').text()).toContain('不能再')
  await page.get('[data-testid="one-way-confirm"]').trigger('click')
  await flushPromises()
  expect(asked()).toEqual([{ files: ['t'], into_classified: true }])
  page.unmount()
})

test('the open edition takes in at once, without that consent, and opens no sealed package', async () => {
  const page = await open('open')
  expect(asked()).toEqual([{ files: ['t'], into_classified: false }])
  expect(page.find('[data-testid="sealed"]').exists()).toBe(false)
  page.unmount()
})
