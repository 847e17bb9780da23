import { describe, expect, it } from 'vitest'
import { readPages } from './pages'

describe('a page range as a clerk types it', () => {
  it.each([
    ['', null], ['3', [3, 3]], ['3-7', [3, 7]], ['第3—7页', [3, 7]], ['３ 至 ７', [3, 7]], ['1~1', [1, 1]],
  ])('%j is read', (text, range) => {
    expect(readPages(text)).toEqual({ range })
  })
  it.each(['0', '7-3', '3,5', 'abc', '3-', '-3'])('%j is told what to do and changes nothing', (text) => {
    expect(readPages(text).range).toBeNull()
    expect(readPages(text).fault).toMatch(/。$/)
  })
})
