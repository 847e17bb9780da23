// What may follow, who carries it, and how a code is read.
import { expect, test } from 'vitest'
import type { SealedRowView } from '../generated/commands'
import { couriersFor, highest, inGroups, steps } from './steps'

const row = (next: SealedRowView['next']) => ({ next }) as SealedRowView

test('the next step stands out and an end never does', () => {
  expect(steps(row(['counted', 'registered', 'destroyed'])).map((step) => [step.code, step.first])).toEqual([
    ['counted', true], ['registered', false], ['destroyed', false],
  ])
  expect(steps(row(['returned', 'destroyed'])).some((step) => step.first)).toBe(false)
})

test('what the program records by itself is no button', () => {
  expect(steps(row(['written', 'sealed']))).toEqual([])
})

test('绝密 is carried by two', () => {
  expect(couriersFor('绝密★30年')).toBe(2)
  expect(couriersFor('机密★10年')).toBe(1)
})

test('a code is read in groups of four', () => {
  expect(inGroups('123456789012')).toBe('1234 5678 9012')
})

test('a screen with several marks wears the highest, and none without any', () => {
  expect(highest(['秘密★5年', '绝密★20年', '机密★10年'])).toBe('绝密★20年')
  expect(highest([''])).toBe('')
})
