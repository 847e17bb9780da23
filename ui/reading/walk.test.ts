import { describe, expect, it } from 'vitest'
import type { ClaimView, EvidenceView } from '../generated/commands'
import { actionOf, besideClaim, besideEvidence, proofsOf } from './walk'

const claim = (name: string, evidence: string[] = []) => ({ claim: name, evidence }) as ClaimView
const piece = (id: string, pages: [number, number] | null = null) => ({ id, pages }) as EvidenceView
const press = (key: string, on?: HTMLElement): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key })
  Object.defineProperty(event, 'target', { value: on ?? document.body })
  return event
}

describe('walking through claims', () => {
  it('goes to the next and stops at the ends', () => {
    const claims = [claim('a'), claim('b')]
    expect(besideClaim(claims, 'a', 1)?.claim).toBe('b')
    expect(besideClaim(claims, 'b', 1)?.claim).toBe('b')
    expect(besideClaim(claims, '', 1)?.claim).toBe('a')
    expect(besideClaim(claims, '', -1)?.claim).toBe('b')
    expect(besideClaim([], '', 1)).toBeUndefined()
  })
  it('shows a proof with a named page first', () => {
    const found = proofsOf(claim('a', ['x', 'y']), [piece('x'), piece('y', [3, 4]), piece('z')])
    expect(found.map((item) => item.id)).toEqual(['y', 'x'])
    expect(proofsOf(undefined, [piece('x')])).toEqual([])
  })
  it('goes around all pieces', () => {
    const pieces = [piece('x'), piece('y')]
    expect(besideEvidence(pieces, 'y', 1)?.id).toBe('x')
    expect(besideEvidence(pieces, 'x', -1)?.id).toBe('y')
    expect(besideEvidence([], 'x', 1)).toBeUndefined()
  })
})

describe('the keys', () => {
  it('mean something only while nobody types', () => {
    expect(actionOf(press('J'))).toEqual({ do: 'claim', step: 1 })
    expect(actionOf(press(' '))).toEqual({ do: 'tick', verdict: 'proved' })
    expect(actionOf(press(' ', document.createElement('button')))).toBeUndefined()
    expect(actionOf(press('j', document.createElement('textarea')))).toBeUndefined()
    expect(actionOf(press('x'))).toBeUndefined()
  })
})
