/** Days and months as people type and read them. Values are `YYYY-MM-DD` and `YYYY-MM`. */

/** What a typed text means: a value, nothing, or why it cannot be read. */
export interface Read<T> {
  value: T | null
  fault?: string
}

const two = (n: number): string => String(n).padStart(2, '0')
const iso = (year: number, month: number, day: number): string => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`

/** How many days the month has; months count from 1. */
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The numbers of a text: 2025-3-1, 2025/03/01, 2025.3.1, 2025年3月1日 or eight digits together. */
function numbers(text: string, together: RegExp): number[] | null {
  const plain = text.normalize('NFKC').trim()
  const joined = together.exec(plain)
  if (joined) return joined.slice(1).map(Number)
  if (!/^\d{4}\s*([-/.年—–]\s*\d{1,2}\s*){1,2}[月日号]?$/.test(plain.replace(/月\s*(?=\d)/, '-'))) return null
  return (plain.match(/\d+/g) ?? []).map(Number)
}

/** Why year and month cannot be, or nothing. */
function monthFault(year: number, month: number): string | undefined {
  if (year < 1900 || year > 2199) return `年份 ${year} 不对，请写四位年份，如 2025。`
  if (month < 1 || month > 12) return `没有 ${month} 月，请核对月份。`
  return undefined
}

/** Reads a day. */
export function readDay(text: string): Read<string> {
  if (!text.trim()) return { value: null }
  const found = numbers(text, /^(\d{4})(\d{2})(\d{2})$/)
  if (!found) return { value: null, fault: '日期写成 2025年3月1日、2025-3-1 或 20250301 这样。' }
  const [year, month, day] = found
  const fault = monthFault(year, month)
  if (fault) return { value: null, fault }
  if (day === undefined) return { value: null, fault: '还缺日，如 2025年3月1日。' }
  if (day < 1 || day > daysIn(year, month)) return { value: null, fault: `${year}年${month}月没有 ${day} 日，请核对。` }
  return { value: iso(year, month, day) }
}

/** Reads a month; a day that was typed with it is not kept. */
export function readMonth(text: string): Read<string> {
  if (!text.trim()) return { value: null }
  const found = numbers(text, /^(\d{4})(\d{2})$/)
  if (!found) return { value: null, fault: '年月写成 1980年5月、1980-5 或 198005 这样。' }
  if (found.length > 2) return { value: null, fault: '只填年和月，不填日，如 1980年5月。' }
  const [year, month] = found
  const fault = monthFault(year, month)
  return fault ? { value: null, fault } : { value: `${String(year).padStart(4, '0')}-${two(month)}` }
}

/** 2025年3月1日; what is no day stays as it is. */
export function showDay(value: string | null): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value ?? '')
  return found ? `${Number(found[1])}年${Number(found[2])}月${Number(found[3])}日` : (value ?? '')
}

/** 1980年5月; what is no month stays as it is. */
export function showMonth(value: string | null): string {
  const found = /^(\d{4})-(\d{2})$/.exec(value ?? '')
  return found ? `${Number(found[1])}年${Number(found[2])}月` : (value ?? '')
}

/** The day so many days later, or earlier. */
export function plusDays(day: string, days: number): string {
  const [year, month, date] = day.split('-').map(Number)
  const moved = new Date(Date.UTC(year, month - 1, date + days))
  return iso(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
}

/** The same day so many months later; the month's last where it has no such day. */
export function plusMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number)
  const count = year * 12 + month - 1 + months
  const [newYear, newMonth] = [Math.floor(count / 12), (count % 12) + 1]
  return iso(newYear, newMonth, Math.min(date, daysIn(newYear, newMonth)))
}

/** The weeks of the day's month, Monday first; empty places are null. */
export function weeks(day: string): (string | null)[][] {
  const [year, month] = day.split('-').map(Number)
  const before = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const days = Array.from({ length: daysIn(year, month) }, (_, n) => iso(year, month, n + 1))
  const places = [...Array<null>(before).fill(null), ...days]
  while (places.length % 7) places.push(null)
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7))
}
