import { expect, test } from 'vitest'
import { zoomKey } from './zoom'

const key = (name: string, ctrlKey = true) => ({ key: name, ctrlKey, metaKey: false, altKey: false })

test('each key goes to the next level and stops at 100 and 200 %', () => {
  const cases: [string, number, number][] = [
    ['+', 100, 110],
    ['=', 125, 150],
    ['+', 200, 200],
    ['-', 200, 175],
    ['-', 100, 100],
    ['0', 175, 100],
  ]
  for (const [name, now, next] of cases) expect(zoomKey(key(name), now), `${name} at ${now}`).toBe(next)
})

test('a plus that is typed stays a plus', () => {
  expect(zoomKey(key('+', false), 100)).toBeNull()
  expect(zoomKey(key('z'), 100)).toBeNull()
})
