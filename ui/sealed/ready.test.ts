// What has to be there before a seal begins and before a package is carried.
import { expect, test } from 'vitest'
import { couriersMissing, stillToDo } from './ready'

const whole = {
  key: 'k', recipients: ['r'], label: '001', reason: '', approver: '李审', passphrase: 'x', me: '张管',
  medium: { removable: true }, approvers: ['李审'],
}

test('two different persons seal', () => {
  expect(stillToDo(whole)).toBe('')
  expect(stillToDo({ ...whole, approver: '张管', approvers: ['张管'] })).toContain('本人')
  expect(stillToDo({ ...whole, approver: '  ' })).toContain('姓名')
  expect(stillToDo({ ...whole, passphrase: '' })).toContain('密码')
})

test('an approver who may not know the contents is refused by name', () => {
  expect(stillToDo({ ...whole, approver: '王外' })).toContain('王外')
})

test('a place that is not removable asks why', () => {
  expect(stillToDo({ ...whole, medium: { removable: false } })).toContain('原因')
  expect(stillToDo({ ...whole, medium: { removable: false }, reason: '刻录暂存' })).toBe('')
})

test('nothing is sealed for nobody', () => {
  expect(stillToDo({ ...whole, recipients: [] })).toContain('收件单位')
})

test('top secret is carried by two different people', () => {
  expect(couriersMissing(['赵一', '赵一 '], '绝密★20年')).toContain('两人')
  expect(couriersMissing(['赵一', '钱二'], '绝密★20年')).toBe('')
  expect(couriersMissing([''], '秘密★5年')).not.toBe('')
})
