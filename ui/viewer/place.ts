/** Where a person is in a content: page, how far down, how large, how turned. */

export interface ReadingPlace {
  /** From 0. */
  page: number
  /** How far into the page, 0 to 1. */
  down: number
  /** 1 fills the width. */
  zoom: number
  /** Quarter turns clockwise, 0 to 3. */
  turn: number
}

export const atStart = (): ReadingPlace => ({ page: 0, down: 0, zoom: 1, turn: 0 })

export const ZOOMS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6]

/** The next size up or down. */
export function nextZoom(zoom: number, step: 1 | -1): number {
  const next = step > 0 ? ZOOMS.find((one) => one > zoom + 0.01) : ZOOMS.findLast((one) => one < zoom - 0.01)
  return next ?? zoom
}

/** Reads what was remembered; anything else is the start. */
export function readPlace(text: string | null, pages: number): ReadingPlace {
  try {
    const found = JSON.parse(text ?? '') as Partial<ReadingPlace>
    const number = (value: unknown, least: number, most: number, otherwise: number): number =>
      typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise
    return {
      page: Math.floor(number(found.page, 0, Math.max(0, pages - 1), 0)),
      down: number(found.down, 0, 1, 0),
      zoom: number(found.zoom, ZOOMS[0], ZOOMS[ZOOMS.length - 1], 1),
      turn: Math.floor(number(found.turn, 0, 3, 0)),
    }
  } catch {
    return atStart()
  }
}
