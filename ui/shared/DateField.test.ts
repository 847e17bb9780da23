import { mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import DateField from './DateField.vue'
import { drafts, forgetDrafts } from './drafts'
import { session } from './session'

let page: ReturnType<typeof show>
function show(start: string | null) {
  session.status = { today: '2026-11-10' } as typeof session.status
  const shown = mount(DateField, {
    props: { modelValue: start, path: 'rights[0].date', label: '授权日期', 'onUpdate:modelValue': (value: string | null) => void shown.setProps({ modelValue: value }) },
    attrs: { 'data-testid': 'day' }, attachTo: document.body,
  })
  return shown
}
const press = (key: string) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const settle = () => new Promise((done) => setTimeout(done))
afterEach(() => {
  page.unmount()
  drafts.clear()
})

test('a typed day is taken over at once and shown in words when the field is left', async () => {
  page = show(null)
  const input = page.get<HTMLInputElement>('[data-testid="day"]')
  await input.setValue('2025.3.1')
  expect(page.props('modelValue')).toBe('2025-03-01')
  expect(input.element.value).toBe('2025.3.1')
  await input.trigger('blur')
  expect(input.element.value).toBe('2025年3月1日')
})

test('what is no day stays visible with the reason, also after coming back, and the value is empty', async () => {
  page = show('2025-03-01')
  const input = page.get<HTMLInputElement>('[data-testid="day"]')
  await input.trigger('focus')
  await input.setValue('2025-2-30')
  expect(page.props('modelValue')).toBe('2025-03-01')
  expect(page.find('[role=alert]').exists()).toBe(false)
  await input.trigger('blur')
  expect(page.props('modelValue')).toBeNull()
  expect(page.get('[role=alert]').text()).toContain('没有 30 日')
  expect(input.attributes('aria-invalid')).toBe('true')
  page.unmount()
  page = show(null)
  expect(page.get<HTMLInputElement>('[data-testid="day"]').element.value).toBe('2025-2-30')
})

test('undo gives the field its day back in place of what could not be read', async () => {
  page = show('2025-03-01')
  const input = page.get<HTMLInputElement>('[data-testid="day"]')
  await input.setValue('没有')
  await input.trigger('blur')
  await page.setProps({ modelValue: '2025-03-01' })
  expect(input.element.value).toBe('2025年3月1日')
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('an entry that was removed takes its unreadable text with it', async () => {
  page = show(null)
  const input = page.get<HTMLInputElement>('[data-testid="day"]')
  await input.setValue('没有')
  forgetDrafts('rights[')
  await settle()
  expect(input.element.value).toBe('')
})

test('the calendar is worked by keys and gives the focus back', async () => {
  page = show('2025-03-31')
  await page.get('[data-testid="calendar-rights[0].date"]').trigger('click')
  await settle()
  expect(document.activeElement?.getAttribute('aria-label')).toBe('2025年3月31日')
  for (const key of ['PageDown', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'PageUp']) {
    press(key)
    await settle()
  }
  expect(document.activeElement?.getAttribute('aria-label')).toBe('2025年3月30日')
  ;(document.activeElement as HTMLElement).click()
  await settle()
  expect(page.props('modelValue')).toBe('2025-03-30')
  expect(page.find('[role=dialog]').exists()).toBe(false)
  expect(document.activeElement?.getAttribute('data-testid')).toBe('day')
})

test('Esc closes the calendar and changes nothing', async () => {
  page = show('2025-03-31')
  await page.get('[data-testid="calendar-rights[0].date"]').trigger('click')
  await settle()
  press('ArrowRight')
  await settle()
  press('Escape')
  await settle()
  expect(page.props('modelValue')).toBe('2025-03-31')
  expect(page.find('[role=dialog]').exists()).toBe(false)
})
