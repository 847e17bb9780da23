/** Walking through claims and their proofs. */
import type { ClaimView, EvidenceView } from '../generated/commands'

/** The claim after or before this one; the first or last where there is none. */
export function besideClaim(claims: ClaimView[], here: string, step: 1 | -1): ClaimView | undefined {
  const place = claims.findIndex((claim) => claim.claim === here)
  if (place < 0) return step > 0 ? claims[0] : claims[claims.length - 1]
  return claims[Math.min(claims.length - 1, Math.max(0, place + step))]
}

/** The proofs of a claim, those with a page of their own first. */
export function proofsOf(claim: ClaimView | undefined, evidence: EvidenceView[]): EvidenceView[] {
  if (!claim) return []
  return evidence.filter((item) => claim.evidence.includes(item.id)).sort((a, b) => Number(!a.pages) - Number(!b.pages))
}

/** The piece after or before this one, all around. */
export function besideEvidence(evidence: EvidenceView[], here: string, step: 1 | -1): EvidenceView | undefined {
  const place = evidence.findIndex((item) => item.id === here)
  return evidence[(place + step + evidence.length) % evidence.length]
}

/** What the keys of the reading desk do. */
export type Action =
  | { do: 'claim' | 'piece'; step: 1 | -1 }
  | { do: 'tick'; verdict: 'proved' | 'not_proved' | 'unclear' }
  | { do: 'note' | 'decide' | 'help' }

const KEYS: Record<string, Action> = {
  j: { do: 'claim', step: 1 },
  k: { do: 'claim', step: -1 },
  ']': { do: 'piece', step: 1 },
  '[': { do: 'piece', step: -1 },
  ' ': { do: 'tick', verdict: 'proved' },
  '1': { do: 'tick', verdict: 'proved' },
  '2': { do: 'tick', verdict: 'not_proved' },
  '3': { do: 'tick', verdict: 'unclear' },
  n: { do: 'note' },
  d: { do: 'decide' },
  '?': { do: 'help' },
}

/** What a key means here; nothing while somebody types. */
export function actionOf(event: KeyboardEvent): Action | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const target = event.target
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog')) return undefined
  // The space bar presses a button that has the focus.
  if (event.key === ' ' && target instanceof HTMLElement && target.closest('button, a, summary, video')) return undefined
  return KEYS[event.key.toLowerCase()]
}
