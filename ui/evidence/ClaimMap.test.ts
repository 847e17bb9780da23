import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { ClaimView, EvidenceView } from '../generated/commands'
import ClaimMap from './ClaimMap.vue'

const claim = (name: string, evidence: string[], required = true): ClaimView =>
  ({ claim: name, label: `声明${name}`, wanted: '证书扫描件', clause: '二（一）', required, evidence })
const piece = (id: string, pages: [number, number] | null = null): EvidenceView =>
  ({ id, title: `材料${id}`, file_name: `${id}.pdf`, size: 1, media_type: 'application/pdf', sha256: '', claims: [], kind: null, pages, same_as: [], earlier: [] }) as unknown as EvidenceView
const claims = [claim('甲', ['1', '2']), claim('乙', []), claim('丙', [], false)]

test('each claim stands with its evidence, or with what is missing', () => {
  const map = mount(ClaimMap, { props: { claims, evidence: [piece('1', [3, 7]), piece('2', [4, 4])], editable: true } })
  const row = (name: string) => map.get(`[data-testid="claim-${name}"]`).text()
  expect(row('甲')).toContain('材料1')
  expect(row('甲')).toContain('第 3—7 页')
  expect(row('甲')).toContain('第 4 页')
  expect(row('甲')).toContain('不缺')
  expect(row('乙')).toContain('缺')
  expect(row('丙')).toContain('可加')
  expect(map.get('[data-testid="claim-count"]').text()).toContain('佐证 1/3 项')
  expect(map.get('[data-testid="claim-count"]').text()).toContain('还缺 1 项')
})

test('who prepares adds at the claim; who reviews sees the same map and can open the evidence', async () => {
  const props = { claims, evidence: [piece('1'), piece('2')] }
  const preparer = mount(ClaimMap, { props: { ...props, editable: true } })
  await preparer.get('[data-testid="evidence-add-乙"]').trigger('click')
  expect(preparer.emitted('add')).toEqual([['乙']])
  const reviewer = mount(ClaimMap, { props: { ...props, editable: false } })
  expect(reviewer.find('[data-testid="evidence-add-乙"]').exists()).toBe(false)
  expect(reviewer.findAll('tbody tr').length).toBe(3)
  await reviewer.get('[data-testid="claim-proof"]').trigger('click')
  expect(reviewer.emitted('show')?.[0]).toEqual([props.evidence[0]])
})

test('evidence that proves nothing yet is told by name', () => {
  const map = mount(ClaimMap, { props: { claims, evidence: [piece('1'), piece('2'), piece('9')], editable: false } })
  expect(map.get('[data-testid="claim-loose"]').text()).toBe('1 份材料还没有注明证明什么：材料9')
})
