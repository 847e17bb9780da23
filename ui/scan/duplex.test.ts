import { describe, expect, it } from 'vitest'
import { interleaved } from './duplex'

describe('both sides by two passes', () => {
  it('puts each back behind its front', () => {
    expect(interleaved(['1', '3', '5', '6', '4', '2'], 3)).toEqual(['1', '2', '3', '4', '5', '6'])
  })
  it('does nothing when a sheet is missing', () => {
    expect(interleaved(['1', '3', '5', '6', '4'], 3)).toBeNull()
    expect(interleaved([], 0)).toBeNull()
  })
})
