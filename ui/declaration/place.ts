/** Bringing the cursor to a field, a section, or what a finding is about. */
import { nextTick } from 'vue'

const controls = 'input:not([disabled]),select:not([disabled]),textarea:not([disabled])'

function focus(place: HTMLElement | null | undefined): void {
  if (!place || place.contains(document.activeElement)) return
  place.scrollIntoView?.({ block: 'center' })
  const control = place.querySelector<HTMLElement>(`${controls},[data-add]:not([disabled])`) ?? place.parentElement?.querySelector<HTMLElement>(':scope > [data-add]') ?? place.querySelector<HTMLElement>('button:not([disabled],[tabindex="-1"])')
  control?.focus({ preventScroll: true })
}

/** Goes to the field at this path, or to the nearest thing around it that stands on the screen. */
export async function focusPath(path: string): Promise<void> {
  await nextTick()
  for (let at = path; at; at = at.replace(/(\[\d+\]|\.?[^.[\]]+)$/, '')) {
    const place = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(at)}"],[data-row="${CSS.escape(at)}"]`)
    if (place) return focus(place)
  }
}

/** Goes to the first field of the section that is open. */
export async function focusSection(): Promise<void> {
  await nextTick()
  const middle = document.querySelector<HTMLElement>('[data-desk] .middle')
  const first = middle?.querySelector<HTMLElement>(`${controls},[data-add]:not([disabled])`) ?? middle?.querySelector<HTMLElement>('button:not([disabled])')
  if (!first) return
  middle?.closest('.content')?.scrollTo?.({ top: 0 })
  first.focus()
}
