/** A laid-out document as the text of a frame that can reach nothing. */

const POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"

/** A frame has a selection, a drag and a printer of its own, which a guard of the page never hears of. */
const HELD = '<style>* { -webkit-user-select: none !important; user-select: none !important; -webkit-user-drag: none !important } img, svg, image { pointer-events: none !important } @media print { body { display: none !important } }</style>'

/**
 * What would reach outside or run is taken out, though the frame would not let it either. What is
 * held can be looked at, and neither selected nor dragged nor printed.
 */
export function sealed(styles: HTMLElement, body: HTMLElement, held: boolean): string {
  for (const part of [styles, body]) {
    for (const element of part.querySelectorAll('script, iframe, object, embed, link, meta, base, form')) element.remove()
    for (const element of part.querySelectorAll('*')) {
      for (const { name, value } of Array.from(element.attributes)) {
        const points = ['href', 'src', 'xlink:href', 'action', 'srcset', 'ping'].includes(name)
        const inside = value.startsWith('data:image/') || (name === 'href' && value.startsWith('#'))
        if (name.startsWith('on') || (points && !inside)) element.removeAttribute(name)
      }
    }
  }
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">${styles.innerHTML}${held ? HELD : ''}</head><body style="margin:0">${body.innerHTML}</body></html>`
}
