import { afterEach, expect, test, vi } from 'vitest'
import { guard } from './guard'

const told = vi.fn<(why: string) => void>()
let stop = (): void => {}
afterEach(() => {
  stop()
  told.mockReset()
  document.body.innerHTML = ''
})
/** Whether the event went through to the page. */
function through(html: string, name: string, more: object = {}): boolean {
  document.body.innerHTML = html
  stop = guard(window, told)
  const target = document.body.querySelector('.at') ?? document.body
  const heard = vi.fn()
  target.addEventListener(name, heard)
  const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), more)
  target.dispatchEvent(event)
  return heard.mock.calls.length > 0 && !event.defaultPrevented
}

test.each(['copy', 'cut', 'dragstart'])('%s does not leave the window, and it is said why', (name) => {
  expect(through('<textarea class="at">深海耐压</textarea>', name)).toBe(false)
  expect(told).toHaveBeenCalledOnce()
  expect(told.mock.calls[0][0]).not.toContain('深海')
})

test('the viewer has no menu, a field that is typed in keeps its own', () => {
  expect(through('<section data-testid="viewer"><input class="at"></section>', 'contextmenu')).toBe(false)
  stop()
  expect(through('<p class="at">文字</p>', 'contextmenu')).toBe(false)
  stop()
  expect(through('<textarea class="at"></textarea>', 'contextmenu')).toBe(true)
})

test('a pasted picture is refused with why, pasted words are not', () => {
  expect(through('<p class="at"></p>', 'paste', { clipboardData: { files: [new File([], '截图.png')] } })).toBe(false)
  expect(told.mock.calls[0][0]).toContain('加入材料')
  stop()
  expect(through('<p class="at"></p>', 'paste', { clipboardData: { files: [] } })).toBe(true)
})

test('without the guard everything is as in any window', () => {
  document.body.innerHTML = '<p class="at"></p>'
  guard(window, told)()
  const event = new Event('copy', { bubbles: true, cancelable: true })
  document.body.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(false)
  expect(told).not.toHaveBeenCalled()
})
