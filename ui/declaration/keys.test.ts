import { afterEach, expect, test } from 'vitest'
import { actionOf } from './keys'

afterEach(() => { document.body.innerHTML = '' })
function press(key: string, options: KeyboardEventInit = {}, inside = '<input id="t">') {
  document.body.innerHTML = `<div data-desk>${inside}</div>`
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...options })
  document.querySelector('#t')?.dispatchEvent(event)
  return actionOf(event)
}

test('undo and redo are reached in every usual way', () => {
  expect(press('z', { ctrlKey: true })).toEqual({ do: 'undo' })
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toEqual({ do: 'redo' })
  expect(press('y', { ctrlKey: true })).toEqual({ do: 'redo' })
  expect(press('z')).toBeNull()
})

test('text that is no value yet is undone by its own field', () => {
  expect(press('z', { ctrlKey: true }, '<input id="t" data-uncommitted>')).toBeNull()
})

test('Alt and a digit goes to a section, Ctrl and Alt together do not', () => {
  expect(press('3', { altKey: true, code: 'Digit3' })).toEqual({ do: 'section', place: 2 })
  expect(press('9', { altKey: true, code: 'Digit9' })).toBeNull()
  expect(press('3', { altKey: true, ctrlKey: true, code: 'Digit3' })).toBeNull()
})

test('PageDown turns the section in a line of text and scrolls where the control scrolls', () => {
  expect(press('PageDown')).toEqual({ do: 'turn', step: 1 })
  expect(press('PageUp')).toEqual({ do: 'turn', step: -1 })
  expect(press('PageDown', {}, '<textarea id="t"></textarea>')).toBeNull()
  expect(press('PageDown', {}, '<select id="t"></select>')).toBeNull()
})

test('F8 walks, Ctrl+Enter submits, Enter alone does nothing of ours', () => {
  expect(press('F8')).toEqual({ do: 'walk', step: 1 })
  expect(press('F8', { shiftKey: true })).toEqual({ do: 'walk', step: -1 })
  expect(press('Enter', { ctrlKey: true })).toEqual({ do: 'submit' })
  expect(press('/', { ctrlKey: true })).toEqual({ do: 'sheet' })
  expect(press('Enter')).toBeNull()
})
