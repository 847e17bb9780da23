/** What a seal and a hand-over still wait for, one sentence at a time; empty when they can begin. */
import { couriersFor } from './steps'

export interface Ready {
  key: string
  recipients: string[]
  label: string
  reason: string
  approver: string
  passphrase: string
  me: string
  medium: { removable: boolean } | null
  approvers: string[]
}

export function stillToDo(form: Ready): string {
  const approver = form.approver.trim()
  if (!form.recipients.length) return '请选收件单位。'
  if (!form.key) return '请选签名用的密钥。'
  if (!form.medium) return '请选介质上的文件夹。'
  if (!form.label.trim()) return '请填写介质编号。'
  if (!form.medium.removable && !form.reason.trim()) return '不是可移动介质，请写明原因。'
  if (!approver) return '请核准人输入姓名。'
  if (approver === form.me) return '核准人不能是封装人本人，封装须两人在场。'
  if (!form.approvers.includes(approver)) return `“${approver}”不能核准这次封装，可以核准的有：${form.approvers.join('、')}。`
  return form.passphrase ? '' : '请核准人输入密码。'
}

/** Who carries it: as many different names as the mark asks for. */
export function couriersMissing(names: string[], marking: string): string {
  const needed = couriersFor(marking)
  const given = new Set(names.map((name) => name.trim()).filter(Boolean))
  if (given.size >= needed) return ''
  return needed > 1 ? '绝密件须两人押运，请填写两个不同的姓名（实施条例第二十九条）。' : '请填写押运人姓名。'
}
