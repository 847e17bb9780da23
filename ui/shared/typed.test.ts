import { expect, test } from 'vitest'
import { readAmount, readNames, showNames } from './typed'

test.each([['120', '120'], ['35.5', '35.5'], [' １２０ ', '120'], ['1,200万元', '1200'], ['-3', '-3']])('the amount %s is read as %s', (text, amount) => {
  expect(readAmount(text)).toEqual({ value: amount })
})
test.each(['约120', '1.2.3', '12a', '1,20'])('%s is no amount, and it says so', (text) => {
  const read = readAmount(text)
  expect(read.value).toBeNull()
  expect(read.fault).toContain('万元')
})
test('names are parted at every usual mark and joined with 、', () => {
  expect(readNames('甲、乙, 丙；，丁').value).toEqual(['甲', '乙', '丙', '丁'])
  expect(showNames(['甲', '乙'])).toBe('甲、乙')
})
