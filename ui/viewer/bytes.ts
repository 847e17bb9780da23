/** The bytes of a content as a whole, for what cannot be read in pieces. */
import type { ContentView } from '../generated/commands'
import { contentBytes } from '../platform'

const PIECE = 4 << 20

/** Reads all of it, or its first bytes, and tells how far it is. */
export async function readWhole(
  view: ContentView,
  told: (share: number) => void = () => {},
  most = view.size,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const size = Math.min(view.size, most)
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let at = 0; at < size; at += PIECE) {
    told(at / size)
    const part = await contentBytes(view.token, at, Math.min(PIECE, size - at))
    if (part.length === 0) break
    parts.push(part)
  }
  return parts
}

/** Bytes as words: UTF-8, or what Windows in China writes. */
export function words(parts: Uint8Array<ArrayBuffer>[], cut: boolean): string {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    // A text that was cut may end within a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
