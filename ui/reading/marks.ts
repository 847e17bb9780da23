/** Marks as the viewer shows them. */
import type { MarkView } from '../generated/commands'
import type { PageMark } from '../viewer/marks'

/** The marks on the pages of a piece. */
export function pageMarks(marks: MarkView[], evidence: string): PageMark[] {
  return marks.flatMap((mark) =>
    mark.place.at === 'page' && mark.place.evidence === evidence
      ? [{ id: mark.id, page: mark.place.page, region: mark.place.region ?? null, words: mark.words }]
      : [],
  )
}
