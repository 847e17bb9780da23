import { beforeEach, expect, test, vi } from 'vitest'
import { call } from '../platform'
import { chooseReminder, remindOnceADay } from './reminder'

vi.mock('../platform', () => ({ call: vi.fn() }))
const asked = vi.mocked(call)

beforeEach(() => {
  asked.mockReset().mockResolvedValue({ told: true })
  chooseReminder(true)
})

test('a day has one reminder, the next day another', async () => {
  expect(await remindOnceADay('Mon')).toBe(true)
  expect(await remindOnceADay('Mon')).toBe(false)
  expect(await remindOnceADay('Tue')).toBe(true)
  expect(asked).toHaveBeenCalledTimes(2)
})

test('what had nothing to say is asked again later that day', async () => {
  asked.mockResolvedValueOnce({ told: false })
  expect(await remindOnceADay('Wed')).toBe(false)
  expect(await remindOnceADay('Wed')).toBe(true)
})

test('who wants no reminder gets none', async () => {
  chooseReminder(false)
  expect(await remindOnceADay('Thu')).toBe(false)
  expect(asked).not.toHaveBeenCalled()
})

test('a reminder that fails disturbs nobody', async () => {
  asked.mockRejectedValueOnce(new Error('locked'))
  expect(await remindOnceADay('Fri')).toBe(false)
})
