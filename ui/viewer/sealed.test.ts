import { describe, expect, it } from 'vitest'
import { sealed } from './sealed'

describe('the frame of a document', () => {
  it('keeps words, inner links and embedded pictures, and nothing that reaches outside or runs', () => {
    const apart = document.implementation.createHTMLDocument('')
    const styles = apart.createElement('div')
    styles.innerHTML = '<style>p { color: black }</style>'
    apart.body.innerHTML = [
      '<p onclick="x()">字</p>',
      '<a href="#part">里</a><a href="http://127.0.0.1/x">外</a><a href="javascript:x()">跑</a>',
      '<img src="data:image/png;base64,AA"><img src="http://127.0.0.1/y" srcset="z">',
      '<script>x()</scr' + 'ipt><iframe src="http://127.0.0.1/z"></iframe><object data="x"></object>',
    ].join('')
    const page = sealed(styles, apart.body, false)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('href="#part"')
    expect(page).toContain('data:image/png;base64,AA')
    for (const bad of ['127.0.0.1', 'javascript:', 'onclick', '<script', '<iframe', '<object', 'srcset']) expect(page).not.toContain(bad)
  })

  it.each([[true, 'held', 3], [false, 'free', 0]])('held: %s, its words are %s, whatever the document says of itself', (held, _, times) => {
    const apart = document.implementation.createHTMLDocument('')
    const styles = apart.createElement('div')
    styles.innerHTML = '<style>p { user-select: all }</style>'
    apart.body.innerHTML = '<p>字</p>'
    const page = sealed(styles, apart.body, held)
    expect(page.match(/-webkit-user-select: none !important|-webkit-user-drag: none !important|@media print/g) ?? []).toHaveLength(times)
    // The rule that holds comes after what the document brings along.
    if (held) expect(page.indexOf('-webkit-user-select')).toBeGreaterThan(page.indexOf('user-select: all'))
  })
})
