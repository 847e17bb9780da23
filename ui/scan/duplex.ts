/** Both sides by two passes: a stack that was turned over comes back from its end. */

/** Fronts in their order, then the backs as they were scanned, last sheet first. `none` when the
 * counts do not fit: a sheet was lost or taken twice. */
export function interleaved<T>(pages: T[], fronts: number): T[] | null {
  const backs = pages.slice(fronts).reverse()
  if (fronts < 1 || backs.length !== fronts) return null
  return pages.slice(0, fronts).flatMap((front, n) => [front, backs[n]])
}
