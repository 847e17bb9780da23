/** The reminder on the desktop: at most once a day, as the person chose on this machine. */
import { ref } from 'vue'
import { call } from '../platform'

const CHOICE = 'luguo.reminder'
const LAST = 'luguo.reminded'

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Where a machine keeps nothing for pages, it lasts until the window closes.
  }
}

export const reminder = ref(kept(CHOICE) !== 'off')
let last = kept(LAST)

export function chooseReminder(on: boolean): void {
  reminder.value = on
  keep(CHOICE, on ? 'on' : 'off')
}

/** Reminds of what is due, unless that was done today; `day` is the machine's calendar day. */
export async function remindOnceADay(day = new Date().toDateString()): Promise<boolean> {
  if (!reminder.value || last === day) return false
  try {
    const { told } = await call('today_remind', {})
    if (told) {
      last = day
      keep(LAST, day)
    }
    return told
  } catch {
    // A reminder is never worth an error: what is due stands above the list.
    return false
  }
}
