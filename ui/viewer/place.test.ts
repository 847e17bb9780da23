import { describe, expect, it } from 'vitest'
import { atStart, nextZoom, readPlace } from './place'
import { drawnWidth } from './source'

describe('the place in a content', () => {
  it('comes back as it was kept', () => {
    const place = { page: 3, down: 0.5, zoom: 1.5, turn: 1 }
    expect(readPlace(JSON.stringify(place), 10)).toEqual(place)
  })
  it('is the start where nothing, nonsense or another file was kept', () => {
    expect(readPlace(null, 10)).toEqual(atStart())
    expect(readPlace('{', 10)).toEqual(atStart())
    expect(readPlace('{"page":99,"down":7,"zoom":-1,"turn":"x"}', 10)).toEqual({ page: 9, down: 1, zoom: 0.25, turn: 0 })
    expect(readPlace('null', 10)).toEqual(atStart())
  })
  it('grows and shrinks in steps and stops at the ends', () => {
    expect(nextZoom(1, 1)).toBe(1.25)
    expect(nextZoom(1, -1)).toBe(0.75)
    expect(nextZoom(6, 1)).toBe(6)
    expect(nextZoom(0.25, -1)).toBe(0.25)
  })
  it('never draws more pixels than a window can spare', () => {
    expect(drawnWidth(1000, [210, 297])).toBe(1000)
    expect(drawnWidth(60_000, [1, 1])).toBeLessThan(5_000)
    expect(drawnWidth(1000, [1, 100_000])).toBeLessThan(20)
  })
})
