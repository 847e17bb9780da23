/** Finding words on pages: blanks and line ends in a scan's text say nothing. */

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** How often the words stand in a text. */
export function times(text: string, wanted: string): number {
  const [within, needle] = [plain(text), plain(wanted)]
  if (!needle) return 0
  let count = 0
  for (let at = within.indexOf(needle); at >= 0; at = within.indexOf(needle, at + needle.length)) count += 1
  return count
}

/** Which of the pieces of a page hold a part of the words. */
export function holding(pieces: string[], wanted: string): Set<number> {
  const needle = plain(wanted)
  const held = new Set<number>()
  if (!needle) return held
  const owner: number[] = []
  let whole = ''
  pieces.forEach((piece, n) => {
    const text = plain(piece)
    whole += text
    for (let c = 0; c < text.length; c++) owner.push(n)
  })
  for (let at = whole.indexOf(needle); at >= 0; at = whole.indexOf(needle, at + needle.length)) {
    for (let c = at; c < at + needle.length; c++) held.add(owner[c])
  }
  return held
}
