/** What the roles are called. */
import type { Role } from '../generated/commands'

export const ROLES: { code: Role; label: string; does: string }[] = [
  { code: 'preparer', label: '填报人', does: '填写征集表、加入佐证材料、送审' },
  { code: 'unit-reviewer', label: '单位审核人', does: '审核别人填报的成果，通过或退回' },
  { code: 'system-administrator', label: '系统管理员', does: '添加人员、调整角色、打印恢复单' },
  { code: 'security-officer', label: '安全保密员', does: '设定安全要求，重设密码时在场' },
  { code: 'auditor', label: '安全审计员', does: '只查看和核对操作记录，不兼任其他角色' },
]

export const roleLabel = (role: Role): string => ROLES.find((one) => one.code === role)?.label ?? role
