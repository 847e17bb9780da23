import { describe, expect, it } from 'vitest'
import { words } from './bytes'

const bytes = (...values: number[]) => [new Uint8Array(values)]

describe('a text', () => {
  it('is UTF-8, or GB 18030 where it is not', () => {
    expect(words([new TextEncoder().encode('山东') as Uint8Array<ArrayBuffer>], false)).toBe('山东')
    expect(words(bytes(0xc9, 0xbd, 0xb6, 0xab), false)).toBe('山东')
  })
  it('may be cut within a character', () => {
    const cut = new TextEncoder().encode('山东').slice(0, 5) as Uint8Array<ArrayBuffer>
    expect(words([cut.slice(0, 2), cut.slice(2)], true)).toBe('山')
  })
  it('says by its mark that it is UTF-16', () => {
    expect(words(bytes(0xff, 0xfe, 0x71, 0x5c), false)).toContain('山')
  })
})
