import { describe, expect, it } from 'vitest'
import { holding, times } from './found'

describe('words on a page', () => {
  it('are found across blanks, line ends and wide characters', () => {
    expect(times('钛 合\n金浮力球，钛合金', '钛合金')).toBe(2)
    expect(times('ＺＬ２０２３', 'zl2023')).toBe(1)
    expect(times('anything', ' ')).toBe(0)
  })
  it('are shown on every piece that holds a part of them', () => {
    expect([...holding(['专利', '号：', 'ZL 2023', '1'], '号：zl2023')]).toEqual([1, 2])
    expect(holding(['专利'], '').size).toBe(0)
  })
})
