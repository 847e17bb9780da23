// A sealed package is looked at without a key, and opened only where nothing stands against it.
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { session } from '../shared/session'
import OpenSealed from './OpenSealed.vue'

const call = vi.hoisted(() => vi.fn())
const pickFiles = vi.hoisted(() => vi.fn())
vi.mock('../platform', () => ({ call, pickFiles, asFailure: (fault: unknown) => fault }))

const sealer = { fingerprint: 'f', grouped: '', qr_svg: '', holder: '研究院', unit: '', person: '', valid_from: '', valid_until: '', authority: false, usable: true, standing: '可用', taken_by: '', taken_at: '', compared: '' }
const seen = (over: object = {}) => ({
  package_id: 'p', digest: 'd', marking: '机密★10年', sealed_at: '2026-11-10T10:00:00Z', sealer, recipients: ['市科技局'], mine: ['k'], contents: 3, size: 4096,
  known: false, people: [{ account: 'me', name: '本人', roles: '' }, { account: 'other', name: '同事', roles: '单位审核人' }], hindrances: [], ...over,
})
const job = { id: 'j', title: '打开密封包', state: 'done', done: 1, total: 1, current: '', remarks: [], faults: [] }
const at = (page: ReturnType<typeof mount>, id: string) => page.get(`[data-testid="${id}"]`)
const shut = (page: ReturnType<typeof mount>) => at(page, 'sealed-open').attributes('disabled') !== undefined

beforeEach(() => {
  call.mockReset()
  pickFiles.mockReset()
  pickFiles.mockResolvedValue([{ token: 't', name: '密封包.lgs', size: 4096 }])
  session.status = { person: { id: 'me', name: '本人', roles: ['results-officer'] } } as unknown as typeof session.status
})
async function look(view: object) {
  call.mockResolvedValueOnce(view)
  const page = mount(OpenSealed)
  await at(page, 'sealed-pick').trigger('click')
  await flushPromises()
  return page
}

test('nobody else is told by itself, and the person at work need not be chosen', async () => {
  const page = await look(seen())
  const people = page.findAll('[data-testid="sealed-knower"]')
  expect(people).toHaveLength(1)
  expect(people.some((box) => (box.element as HTMLInputElement).checked)).toBe(false)
  call.mockResolvedValueOnce(job)
  await at(page, 'sealed-open').trigger('click')
  await flushPromises()
  expect(call).toHaveBeenLastCalledWith('sealed_open', { file: 't', knowers: [], key_file: null, password: null })
  expect(at(page, 'sealed-register').text()).toContain('回执')
})

test('what stands against opening is said and shuts the way', async () => {
  const page = await look(seen({ hindrances: ['签名人的证书没有收录。'] }))
  expect(at(page, 'sealed-hindrances').text()).toContain('没有收录')
  expect(shut(page)).toBe(true)
})

test('a second holder’s key file opens what no own key opens, and nothing more', async () => {
  const page = await look(seen({ mine: [], hindrances: ['不是封给本保管库的'] }))
  expect(shut(page)).toBe(true)
  pickFiles.mockResolvedValueOnce([{ token: 'k', name: '备用卡.pem', size: 400 }])
  await at(page, 'sealed-key-file').trigger('click')
  await flushPromises()
  expect(shut(page)).toBe(false)

  const other = await look(seen({ mine: [], hindrances: ['签名人的证书没有收录。', '不是封给本保管库的'] }))
  await at(other, 'sealed-key-file').trigger('click')
  await flushPromises()
  expect(shut(other)).toBe(true)
})
