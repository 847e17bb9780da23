/** What the keys of the declaration desk ask for; the shortcut sheet is made from the same list. */
import { undoKey } from './undo'

export type Action =
  | { do: 'section'; place: number }
  | { do: 'turn'; step: 1 | -1 }
  | { do: 'walk'; step: 1 | -1 }
  | { do: 'undo' | 'redo' | 'submit' | 'sheet' }

export const sheet: { keys: string; does: string }[] = [
  { keys: 'Tab / Shift+Tab', does: '下一个栏目 / 上一个栏目' },
  { keys: 'Alt+1 … Alt+8', does: '到第 1 … 8 部分' },
  { keys: 'PageDown / PageUp', does: '下一部分 / 上一部分（在单行栏目里）' },
  { keys: 'F1', does: '这个栏目怎么填，Esc 关闭' },
  { keys: 'F8 / Shift+F8', does: '下一处 / 上一处要处理的' },
  { keys: 'Ctrl+Z', does: '撤销' },
  { keys: 'Ctrl+Y 或 Ctrl+Shift+Z', does: '重做' },
  { keys: 'Alt+↓（日期栏目）', does: '打开日历；方向键选日，PageUp/PageDown 换月，Enter 选定' },
  { keys: 'Alt+↑ / Alt+↓（佐证材料）', does: '上移 / 下移这份材料' },
  { keys: 'Ctrl+Enter', does: '送单位审核' },
  { keys: 'Ctrl+/', does: '打开这张表' },
]

/** What the key asks for, or nothing: then it does what it always does. */
export function actionOf(event: KeyboardEvent): Action | null {
  const target = event.target instanceof HTMLElement ? event.target : null
  const control = event.ctrlKey || event.metaKey
  const step = undoKey(event)
  // Text that is no value yet is undone by the field itself.
  if (step) return target?.dataset.uncommitted === undefined ? { do: step } : null
  if (control && !event.altKey) {
    if (event.key === 'Enter') return { do: 'submit' }
    return event.key === '/' ? { do: 'sheet' } : null
  }
  if (event.altKey && !control && !event.shiftKey) {
    const digit = /^Digit([1-8])$/.exec(event.code)
    return digit ? { do: 'section', place: Number(digit[1]) - 1 } : null
  }
  if (event.altKey) return null
  if (event.key === 'F8') return { do: 'walk', step: event.shiftKey ? -1 : 1 }
  if (event.key === 'PageDown' || event.key === 'PageUp') {
    // Where the key moves inside the control, or nothing has the focus, it keeps its meaning.
    if (event.shiftKey || !target?.closest('[data-desk]') || target.closest('textarea,select,[role=grid]')) return null
    return { do: 'turn', step: event.key === 'PageDown' ? 1 : -1 }
  }
  return null
}
