/** A laid-out document as the text of a frame that can reach nothing. */

const POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"

/** What would reach outside or run is taken out, though the frame would not let it either. */
export function sealed(styles: HTMLElement, body: HTMLElement): string {
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
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">${styles.innerHTML}</head><body style="margin:0">${body.innerHTML}</body></html>`
}
