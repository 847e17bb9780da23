/** What the first window tells the second one to show, and what comes back. */
import type { EvidenceView, MarkView } from '../generated/commands'
import type { Region } from '../viewer/region'

/** What is shown. */
export interface Shown {
  declaration: string
  item: EvidenceView
  revision: number
  at: number | null
  marks: MarkView[]
  mayMark: boolean
}

export type Message =
  /** The second window is there and wants to know what to show. */
  | { say: 'hello' }
  | { say: 'show'; shown: Shown }
  /** The first window left the reading desk, or the vault was locked. */
  | { say: 'nothing' }
  | { say: 'region'; page: number; region: Region | null }
  | { say: 'pick'; id: string }
  | { say: 'key'; key: string }
  /** The second window was closed. */
  | { say: 'bye' }

/** The line between both windows. */
export function line(heard: (message: Message) => void): { send: (message: Message) => void; close: () => void } {
  const channel = new BroadcastChannel('luguo-reading')
  channel.addEventListener('message', (event: MessageEvent<Message>) => heard(event.data))
  return {
    // Reactive values cannot be sent as they are.
    send: (message) => channel.postMessage(JSON.parse(JSON.stringify(message))),
    close: () => channel.close(),
  }
}
