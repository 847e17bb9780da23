/** Tells the band on top what mark the screen carries that is being shown. */
import { onBeforeUnmount, watchEffect } from 'vue'
import { session } from './session'

/** What the band says from now on, until the screen is left. */
export function useShownMarking(marking: () => string | null | undefined): void {
  watchEffect(() => { session.marking = marking() ?? '' })
  onBeforeUnmount(() => { session.marking = '' })
}
