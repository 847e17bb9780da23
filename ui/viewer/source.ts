/** Pages, wherever they come from: what the list of pages needs to show them. */

/** One page that was drawn. */
export interface Drawn {
  /** What stands on the screen; fills its place. */
  element: HTMLElement
  /** Lets go of what it holds. */
  free: () => void
}

export interface PageSource {
  /** How many pages there are. */
  count: number
  /** Width and height of a page, from 0, in any unit; what is not known yet is as the first. */
  size: (page: number) => [number, number]
  /** Draws a page to this width in device pixels; `size` may know better afterwards. A second try
   * may take longer. */
  draw: (page: number, width: number, stop: AbortSignal, again: boolean) => Promise<Drawn>
  /** The words of a page; absent where there are none to search. */
  words?: (page: number) => Promise<string>
  /** Ends everything. */
  close: () => void
}

/** Pixels of one drawn page: more would stop the window, and no screen shows them. */
const MOST_PIXELS = 24_000_000

/** The width to draw at, so that no page takes more memory than a window can spare. */
export function drawnWidth(width: number, [w, h]: [number, number]): number {
  const most = Math.sqrt(MOST_PIXELS * (w / Math.max(h, 1)))
  return Math.max(1, Math.round(Math.min(width, most)))
}
