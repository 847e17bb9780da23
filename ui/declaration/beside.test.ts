import { expect, test } from 'vitest'
import { pack, unpack } from './beside'

test('steps and unread text come back as they were', () => {
  const beside = { steps: '{"past":[],"future":[]}', drafts: [['research.from', '二〇二五年初']] as [string, string][] }
  expect(unpack(pack(beside))).toEqual(beside)
})

test('what cannot be read is nothing', () => {
  for (const text of ['', '{', 'null', '{"steps":1,"drafts":[]}', '{"steps":"","drafts":[1]}', '{"steps":"","drafts":[["a",1]]}']) {
    expect(unpack(text)).toEqual({ steps: '', drafts: [] })
  }
})
