import { describe, expect, it } from 'vitest'
import { between, upright } from './region'

describe('a region', () => {
  it('is upright whatever way the page is turned', () => {
    expect(upright(0.1, 0.2, 0)).toEqual([0.1, 0.2])
    expect(upright(0.9, 0.1, 1)).toEqual([0.1, 1 - 0.9])
    expect(upright(0.75, 0.5, 2)).toEqual([0.25, 0.5])
    expect(upright(0.25, 0.75, 3)).toEqual([0.25, 0.25])
  })
  it('never leaves the page, and a click is none', () => {
    expect(upright(-1, 5, 0)).toEqual([0, 1])
    expect(between([0.9, 0.9], [0.1, 0.2])).toEqual([1000, 2000, 8000, 7000])
    expect(between([0.5, 0.5], [0.501, 0.501])).toBeNull()
  })
})
