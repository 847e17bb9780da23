/** A form with nothing in it, for tests. */
import type { Declaration } from '../generated/commands'

export function emptyForm(): Declaration {
  return {
    name: '', field: null, field_other: '', kind: null, level: null, research: { basis: null, from: null, to: null },
    rights_text: '', rights: [], right_kinds: [], publicity: { published: null, detail: '' }, projects: [], units: [],
    ownership: { same_as_units: null, holders: [] }, maturity: null, needs_transfer: null, policy_needs: '',
    cooperation: [], cooperation_other: '', funding: null, funding_use: '', consent_to_publish: null, summary: '',
    researchers: [], commitment: { signatory: '', signed_on: null },
  }
}
