import { describe, expect, it } from 'vitest'
import { moved, placeAt } from './order'

describe('the order of a list', () => {
  it('moves one piece and keeps the others in their order', () => {
    expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  })
  it('stays the same list where there is nothing to move', () => {
    const list = ['a', 'b']
    for (const [from, to] of [[0, 0], [0, 2], [-1, 0], [1, -1]]) expect(moved(list, from, to)).toBe(list)
  })
  it('finds the place under the pointer by the middle of the rows', () => {
    const rows = [{ top: 0, height: 100 }, { top: 100, height: 40 }, { top: 140, height: 100 }]
    expect([10, 49, 51, 119, 121, 189, 500].map((y) => placeAt(y, rows))).toEqual([0, 0, 1, 1, 2, 2, 2])
  })
})
