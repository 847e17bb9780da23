import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchIdle } from './idle'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('after the time without a sign it tells once, and a key begins the time anew', () => {
  const act = vi.fn()
  const stop = watchIdle(() => 15, act)
  vi.advanceTimersByTime(14 * 60_000)
  window.dispatchEvent(new KeyboardEvent('keydown'))
  vi.advanceTimersByTime(14 * 60_000)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(70_000)
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(60 * 60_000)
  expect(act).toHaveBeenCalledTimes(1)
  stop()
})

test('without a limit it never tells', () => {
  const act = vi.fn()
  const stop = watchIdle(() => null, act)
  vi.advanceTimersByTime(24 * 60 * 60_000)
  expect(act).not.toHaveBeenCalled()
  stop()
})

test('a move counts when the pointer is elsewhere, not when the page changed under it', () => {
  const act = vi.fn()
  const stop = watchIdle(() => 1, act)
  const move = (x: number): boolean => window.dispatchEvent(new MouseEvent('pointermove', { screenX: x, screenY: 5 }))
  move(10)
  vi.advanceTimersByTime(50_000)
  move(10)
  vi.advanceTimersByTime(15_000)
  expect(act).toHaveBeenCalledTimes(1)
  move(11)
  vi.advanceTimersByTime(50_000)
  move(12)
  vi.advanceTimersByTime(50_000)
  expect(act).toHaveBeenCalledTimes(1)
  stop()
})
