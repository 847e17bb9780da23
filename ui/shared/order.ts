/** Moving one of a list, and dragging it with the pointer (the window keeps files for itself, so
 * the browser's own drag and drop is not used). */

/** The list with the piece at `from` put to `to`; the same list where that is no move. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  if (from === to || from < 0 || to < 0 || from >= list.length || to >= list.length) return list
  const next = [...list]
  const [piece] = next.splice(from, 1)
  next.splice(to, 0, piece)
  return next
}

/** The place under a height: the first row whose middle lies below it, or the last. */
export function placeAt(y: number, rows: { top: number; height: number }[]): number {
  const below = rows.findIndex((row) => y < row.top + row.height / 2)
  return below < 0 ? rows.length - 1 : below
}
