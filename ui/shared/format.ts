/** Dates, times, sizes and counts as the office writes them. */

/** 2026年11月10日 */
export function date(text: string): string {
  const day = new Date(text)
  return Number.isNaN(day.getTime())
    ? text
    : `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日`
}

/** 10:32:05 */
export function time(text: string): string {
  const moment = new Date(text)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`
}

/** 2026年11月10日 10:32:05 */
export function dateTime(text: string): string {
  return `${date(text)} ${time(text)}`
}

/** 3.2 MB */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Counts every character except white space, as the core does. */
export function characters(text: string): number {
  let count = 0
  for (const character of text) if (!/\s/u.test(character)) count += 1
  return count
}
