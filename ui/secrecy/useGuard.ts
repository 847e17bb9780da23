/** The guard for as long as a component lives and something classified may be on its screen. */
import { onBeforeUnmount, ref, watchEffect, type Ref } from 'vue'
import { guard } from './guard'

/** How long a sentence stays. */
const STAYS = 6000

/** Answers the sentence to be shown, empty where there is none. */
export function useGuard(needed: () => boolean): Ref<string> {
  const told = ref('')
  let due: ReturnType<typeof setTimeout> | undefined
  let stop = (): void => {}
  watchEffect(() => {
    stop()
    told.value = ''
    stop = needed()
      ? guard(window, (why) => {
          told.value = why
          clearTimeout(due)
          due = setTimeout(() => { told.value = '' }, STAYS)
        })
      : () => {}
  })
  onBeforeUnmount(() => {
    clearTimeout(due)
    stop()
  })
  return told
}
