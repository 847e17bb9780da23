/** Nothing classified leaves by the clipboard, by dragging, by a menu or by a full screen. */

const WHY = {
  copy: '涉密内容不进剪贴板，没有复制。需要引用的，请在本程序里查看后填写。',
  drag: '涉密内容不能拖出窗口。需要移交的，请封装到介质。',
  menu: '这里没有右键菜单：涉密内容不从本程序另存或转到别的程序。',
  paste: '涉密单机版不从剪贴板收材料：截图来路不明，也没有登记。请用“加入材料”选择文件，或者扫描。',
}

/** Fields that are typed in have a menu of their own; everything else has none. */
const typed = (target: EventTarget | null): boolean => target instanceof Element && !!target.closest('input:not([readonly]), textarea:not([readonly])') && !target.closest('[data-testid="viewer"]')

/** Stands guard over a window; `told` says why something did not happen. Answers how to stop. */
export function guard(within: Window, told: (why: string) => void): () => void {
  const stopped = (event: Event, why: string): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
    told(why)
  }
  const copies = (event: Event): void => stopped(event, WHY.copy)
  const drags = (event: Event): void => stopped(event, WHY.drag)
  const menus = (event: Event): void => { if (!typed(event.target)) stopped(event, WHY.menu) }
  const pastes = (event: Event): void => {
    if ((event as ClipboardEvent).clipboardData?.files.length) stopped(event, WHY.paste)
  }
  // A film on the full screen would lie above the watermark.
  const fills = (): void => { if (within.document.fullscreenElement) void within.document.exitFullscreen() }
  const watched: [string, (event: Event) => void][] = [['copy', copies], ['cut', copies], ['dragstart', drags], ['contextmenu', menus], ['paste', pastes], ['fullscreenchange', fills]]
  for (const [name, act] of watched) within.addEventListener(name, act, true)
  return () => { for (const [name, act] of watched) within.removeEventListener(name, act, true) }
}
