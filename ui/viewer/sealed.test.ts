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
    const page = sealed(styles, apart.body)
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('href="#part"')
    expect(page).toContain('data:image/png;base64,AA')
    for (const bad of ['127.0.0.1', 'javascript:', 'onclick', '<script', '<iframe', '<object', 'srcset']) expect(page).not.toContain(bad)
  })
})
