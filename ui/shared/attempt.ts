/** Tries something and keeps what went wrong, to be shown beside the button. */
import { ref, type Ref } from 'vue'
import type { Failure } from '../generated/commands'
import { asFailure } from '../platform'

export interface Attempt {
  failure: Ref<Failure | null>
  busy: Ref<boolean>
  /** Answers whether it went well. */
  attempt: (work: () => Promise<void>) => Promise<boolean>
}

/** `before` clears what an earlier try said. */
export function useAttempt(before: () => void = () => {}): Attempt {
  const failure = ref<Failure | null>(null)
  const busy = ref(false)
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    failure.value = null
    before()
    busy.value = true
    try {
      await work()
      return true
    } catch (fault) {
      failure.value = asFailure(fault)
      return false
    } finally {
      busy.value = false
    }
  }
  return { failure, busy, attempt }
}

/** A refusal of the window itself. */
export function refuse(message: string): Failure {
  return { code: 'invalid', message, detail: null, findings: [] }
}
