import { expect, test } from 'vitest'
import { plusDays, plusMonths, readDay, readMonth, showDay, showMonth, weeks } from './calendar'

test.each(['2025-3-1', '2025/03/01', '20250301', '2025年3月1日', '2025.3.1', '２０２５－３－１', ' 2025年 03月 01日 ', '2025年3月1号'])(
  'a day typed as %s is read', (text) => expect(readDay(text)).toEqual({ value: '2025-03-01' }),
)

test.each([
  ['2025-2-29', '没有 29 日'], ['2025-13-1', '没有 13 月'], ['2025-3', '还缺日'], ['25-3-1', '日期写成'], ['明年', '日期写成'],
  ['0025-03-01', '年份'], ['2025-3-1-4', '日期写成'], ['2025-0-1', '没有 0 月'], ['2025-3-0', '没有 0 日'],
])('%s is no day, and it says why', (text, why) => {
  const read = readDay(text)
  expect(read.value).toBeNull()
  expect(read.fault).toContain(why)
})

test('29 February is a day in leap years only', () => {
  expect(readDay('2024-2-29').value).toBe('2024-02-29')
  expect(readDay('2100-2-29').value).toBeNull()
})

test('nothing typed is nothing, and no fault', () => {
  expect(readDay('  ')).toEqual({ value: null })
  expect(readMonth('')).toEqual({ value: null })
})

test.each(['1980-5', '1980年5月', '198005', '1980/05', '1980.5'])('a month typed as %s is read', (text) => {
  expect(readMonth(text)).toEqual({ value: '1980-05' })
})

test('a day is not taken for a month, so nothing is cut off silently', () => {
  expect(readMonth('1980-5-12').fault).toContain('不填日')
})

test('what was read is shown in the office’s words, and shown text reads the same', () => {
  expect(showDay('2025-03-01')).toBe('2025年3月1日')
  expect(readDay(showDay('2025-12-31')).value).toBe('2025-12-31')
  expect(readMonth(showMonth('1980-05')).value).toBe('1980-05')
  expect(showDay('不是日期')).toBe('不是日期')
  expect(showDay(null)).toBe('')
})

test('stepping crosses months and years and stays on real days', () => {
  expect(plusDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(plusDays('2025-01-01', -1)).toBe('2024-12-31')
  expect(plusMonths('2025-01-31', 1)).toBe('2025-02-28')
  expect(plusMonths('2025-01-15', -1)).toBe('2024-12-15')
})

test('a month’s weeks begin on Monday and hold each day once', () => {
  const march = weeks('2025-03-10')
  expect(march[0]).toEqual([null, null, null, null, null, '2025-03-01', '2025-03-02'])
  expect(march.every((week) => week.length === 7)).toBe(true)
  expect(march.flat().filter(Boolean).length).toBe(31)
})
