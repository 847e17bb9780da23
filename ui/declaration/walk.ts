/** Walking the findings with F8 and Shift+F8. */
import type { Finding, Tier } from '../generated/commands'
import { reasonKey } from './context'

/** What still has to be done: what must be corrected, and what has no reason yet. */
export function openFindings(findings: Finding[], reasons: Record<string, string>): Finding[] {
  return findings.filter((finding) => finding.tier === 'mandatory' || !reasons[reasonKey(finding)]?.trim())
}

/**
 * The place of the next one in the walk, forwards or backwards, round the ends. `last` is the one
 * that was visited last; where it was settled meanwhile, the walk goes on from its old place.
 */
export function nextPlace(findings: Finding[], last: { key: string; place: number } | null, step: 1 | -1): number {
  const count = findings.length
  if (!count) return -1
  if (!last) return step === 1 ? 0 : count - 1
  const place = findings.findIndex((finding) => reasonKey(finding) === last.key)
  if (place >= 0) return (place + step + count) % count
  return step === 1 ? last.place % count : (last.place - 1 + count) % count
}

/** What is said aloud on arriving. */
export function told(finding: Finding, place: number, count: number): string {
  const tiers: Record<Tier, string> = { mandatory: '须改正', verify: '请说明' }
  return `第 ${place + 1} 处，共 ${count} 处。${tiers[finding.tier]}：${finding.message}`
}

/** The section of the form that a path stands in. */
export function sectionOf(path: string): string {
  const sections: Record<string, string> = {
    rights: 'rights', rights_text: 'rights', right_kinds: 'rights', publicity: 'rights', projects: 'projects',
    units: 'units', ownership: 'units', maturity: 'cooperation', needs_transfer: 'cooperation',
    policy_needs: 'cooperation', cooperation: 'cooperation', cooperation_other: 'cooperation', funding: 'cooperation',
    funding_use: 'cooperation', consent_to_publish: 'cooperation', summary: 'summary', researchers: 'summary',
    evidence: 'evidence', commitment: 'commitment',
  }
  return sections[path.split(/[.[]/)[0]] ?? 'achievement'
}
