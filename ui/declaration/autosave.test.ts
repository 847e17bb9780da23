import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { autosave } from './autosave'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('saves in a pause, once', async () => {
  const save = vi.fn().mockResolvedValue(undefined)
  const saver = autosave(save, () => {})
  for (let key = 0; key < 4; key += 1) {
    saver.touch()
    await vi.advanceTimersByTimeAsync(200)
  }
  expect(save).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1000)
  expect(save).toHaveBeenCalledTimes(1)
})

test('unsaved typing is never older than a second, though nobody pauses', async () => {
  let saved = 0
  let oldest = 0
  let first: number | null = null
  const saver = autosave(async () => {
    oldest = Math.max(oldest, Date.now() - (first ?? Date.now()))
    first = null
    saved += 1
  }, () => {})
  for (let key = 0; key < 100; key += 1) {
    first ??= Date.now()
    saver.touch()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(saved).toBeGreaterThanOrEqual(9)
  expect(oldest).toBeLessThanOrEqual(1000)
})

test('a save that failed is tried again by itself', async () => {
  const save = vi.fn().mockRejectedValueOnce('full').mockResolvedValue(undefined)
  const saver = autosave(save, () => {})
  saver.touch()
  await vi.advanceTimersByTimeAsync(1000)
  expect(save).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(5000)
  expect(save).toHaveBeenCalledTimes(2)
})

test('what is typed while a save runs is saved after it', async () => {
  let finish = () => {}
  const save = vi.fn(() => new Promise<void>((resolve) => { finish = resolve }))
  const saver = autosave(save, () => {})
  saver.touch()
  await vi.advanceTimersByTimeAsync(1000)
  saver.touch()
  finish()
  await vi.advanceTimersByTimeAsync(1000)
  expect(save).toHaveBeenCalledTimes(2)
})

test('a failed save is told and tried again with the next key', async () => {
  const save = vi.fn().mockRejectedValueOnce('full').mockResolvedValue(undefined)
  const failed = vi.fn()
  const saver = autosave(save, failed)
  saver.touch()
  await vi.advanceTimersByTimeAsync(1000)
  expect(failed).toHaveBeenCalledWith('full')
  saver.touch()
  await vi.advanceTimersByTimeAsync(1000)
  expect(save).toHaveBeenCalledTimes(2)
})
