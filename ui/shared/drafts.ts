/**
 * Text that was typed but cannot be read yet, by field: it stays visible when the person goes to
 * another section and comes back. The declaration desk saves it beside the form.
 */
import { reactive } from 'vue'

export const drafts = reactive(new Map<string, string>())

/** Forgets the texts of every field under this path. */
export function forgetDrafts(path: string): void {
  for (const key of drafts.keys()) if (key.startsWith(path)) drafts.delete(key)
}
