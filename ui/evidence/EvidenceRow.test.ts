import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { EvidenceView } from '../generated/commands'
import EvidenceRow from './EvidenceRow.vue'

const item = {
  id: 'e', title: '证书', file_name: '证书.pdf', size: 2048, media_type: 'application/pdf', sha256: '', claims: ['甲'], kind: 'certificate', pages: [1, 2], same_as: [],
  earlier: [{ file_name: '旧证书.pdf', size: 1024, sha256: 'x', replaced_by: '王敏', replaced_at: '2026-11-01T08:00:00' }],
} as unknown as EvidenceView
const row = (editable = true) =>
  mount(EvidenceRow, { props: { item, place: 1, count: 3, claims: [], kinds: [{ code: 'certificate', label: '证书' }, { code: 'test_report', label: '检测报告' }], editable } })

test('Alt with an arrow moves the piece, an arrow alone does not', async () => {
  const shown = row()
  const handle = shown.get('[data-testid="evidence-handle"]')
  await handle.trigger('keydown', { key: 'ArrowUp', altKey: true })
  await handle.trigger('keydown', { key: 'ArrowDown', altKey: true })
  await handle.trigger('keydown', { key: 'ArrowDown' })
  expect(shown.emitted('move')).toEqual([[-1], [1]])
})

test('who only reads moves and changes nothing', async () => {
  const shown = row(false)
  await shown.get('[data-testid="evidence-row"]').trigger('keydown', { key: 'ArrowUp', altKey: true })
  expect(shown.emitted('move')).toBeUndefined()
  expect(shown.find('input').exists()).toBe(false)
  expect(shown.text()).toContain('第 1—2 页')
})

test('kind and pages are changed without touching the rest', async () => {
  const shown = row()
  await shown.get('[data-testid="evidence-kind"]').setValue('test_report')
  expect(shown.emitted('edit')?.[0]).toEqual([{ title: '证书', claims: ['甲'], kind: 'test_report', pages: [1, 2] }])
  const pages = shown.get('[data-testid="evidence-pages"]')
  await pages.setValue('7-3')
  await pages.trigger('change')
  expect(shown.emitted('edit')?.some(([details]) => JSON.stringify((details as { pages: unknown }).pages) === '[7,3]')).toBe(false)
  expect(shown.get('[role=alert]').text()).toContain('之前')
})

test('what was replaced is told with who and when', () => {
  const shown = row()
  expect(shown.get('[data-testid="evidence-earlier"]').text()).toContain('旧证书.pdf')
  expect(shown.get('[data-testid="evidence-earlier"]').text()).toContain('王敏 于 2026年11月1日')
})
