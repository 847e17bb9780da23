/** Opening a content: its bytes at the desk, and its pages where it has any. */
import type { ContentView } from '../generated/commands'
import { call } from '../platform'
import type { PageSource } from './source'
import { Unshown } from './unshown'

export interface Content {
  view: ContentView
  pages: PageSource | null
  /** Why it cannot be shown though the desk let it through. */
  fault: string
}

/** Opens a piece of evidence, as it is now or as it was in a revision. */
export async function openContent(
  of: { declaration: string; evidence: string; revision?: number },
  name: string,
  told: (share: number) => void = () => {},
): Promise<Content> {
  const view = await call('content_open', of)
  try {
    return { view, pages: await pagesOf(view, name, told), fault: '' }
  } catch (fault) {
    if (typeof fault === 'object' && fault !== null && 'code' in fault) throw fault
    const why = fault instanceof Unshown ? fault.message : `“${name}”读不出来，可能已经损坏。可以取出后用别的程序打开，或者请对方重新提交。`
    return { view, pages: null, fault: why }
  }
}

async function pagesOf(view: ContentView, name: string, told: (share: number) => void): Promise<PageSource | null> {
  // What decodes is large, and most people open one kind.
  if (view.viewer === 'pdf') return (await import('./pdf')).openPdf(view, name)
  if (view.viewer === 'tiff') return (await import('./pictures')).tiffPages(view)
  if (view.viewer === 'picture') return (await import('./pictures')).onePicture(view, told)
  if (view.viewer === 'heic') return (await import('./pictures')).heicPicture(view, told)
  return null
}

/** Lets go of it. */
export function closeContent(content: Content): void {
  content.pages?.close()
  // The vault may be locked already; then it is closed.
  void call('content_close', { token: content.view.token }).catch(() => {})
}
