/** Light or dark: as the machine says, or as the person chose on it. Kept on this machine only. */
import { ref } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
const KEY = 'luguo.theme'
export const theme = ref<Theme>('system')

/** Where a machine keeps nothing for pages, the choice lasts until the window closes. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
const machine = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')
function apply(): void {
  const dark = theme.value === 'dark' || (theme.value === 'system' && machine().matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

/** Chooses, and keeps it. */
export function choose(next: Theme): void {
  theme.value = next
  apply()
  try {
    localStorage.setItem(KEY, next)
  } catch {
    return
  }
}

/** Takes over what was chosen before, and follows the machine from now on. */
export function startTheme(): void {
  const before = kept()
  theme.value = before === 'light' || before === 'dark' ? before : 'system'
  machine().addEventListener('change', apply)
  apply()
}
