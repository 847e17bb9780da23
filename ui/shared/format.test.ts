import { expect, test } from 'vitest'
import { characters, date, size } from './format'

test('字 counts every character except white space, also rare ones and emoji', () => {
  expect(characters('深海 耐压\n　球')).toBe(5)
  expect(characters('𬱖😀')).toBe(2)
  expect(characters('')).toBe(0)
})

test('dates and sizes read as the office writes them', () => {
  expect(date('2026-11-10T00:00:00')).toBe('2026年11月10日')
  expect(date('')).toBe('')
  expect(size(512)).toBe('512 字节')
  expect(size(3_355_443)).toBe('3.2 MB')
})
