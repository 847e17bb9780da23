/** A region of a page as it stands upright, in ten-thousandths, whatever way the page is turned. */

export type Region = [left: number, top: number, width: number, height: number]

/** A point of the turned page (0 to 1 across and down) on the upright one. */
export function upright(x: number, y: number, turn: number): [number, number] {
  const at = (value: number): number => Math.min(1, Math.max(0, value))
  if (turn === 1) return [at(y), at(1 - x)]
  if (turn === 2) return [at(1 - x), at(1 - y)]
  if (turn === 3) return [at(1 - y), at(x)]
  return [at(x), at(y)]
}

/** The region between two points; none when it is too small to have been meant. */
export function between([ax, ay]: [number, number], [bx, by]: [number, number]): Region | null {
  const whole = (value: number): number => Math.round(value * 10_000)
  const [left, top] = [whole(Math.min(ax, bx)), whole(Math.min(ay, by))]
  const [width, height] = [whole(Math.max(ax, bx)) - left, whole(Math.max(ay, by)) - top]
  return width < 60 || height < 40 ? null : [left, top, width, height]
}
