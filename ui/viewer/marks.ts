/** A mark as the viewer shows it. */
import type { Region } from './region'

export interface PageMark {
  id: string
  /** From 1. */
  page: number
  region: Region | null
  words: string
}
