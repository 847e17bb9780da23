/** A page range as a clerk types it: 3, 3-7, 3—7, 3至7, 第3-7页. Empty: all pages. */
export function readPages(text: string): { range: [number, number] | null; fault?: string } {
  const plain = text.normalize('NFKC').replace(/[第页\s]/g, '')
  if (!plain) return { range: null }
  const found = /^(\d{1,5})(?:[-—–~至到](\d{1,5}))?$/.exec(plain)
  if (!found) return { range: null, fault: '页码写成 3 或 3-7 这样；不填表示全部页。' }
  const first = Number(found[1])
  const last = Number(found[2] ?? found[1])
  if (first < 1) return { range: null, fault: '页码从 1 开始。' }
  if (last < first) return { range: null, fault: `最后一页 ${last} 在第一页 ${first} 之前，请核对。` }
  return { range: [first, last] }
}
