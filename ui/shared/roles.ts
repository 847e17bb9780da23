/** What the roles are called. */
import type { Role, VaultKind } from '../generated/commands'

/** A role with `only` exists in vaults of that kind alone. */
export const ROLES: { code: Role; label: string; does: string; only?: VaultKind }[] = [
  { code: 'preparer', label: '填报人', does: '填写征集表、加入佐证材料、送审' },
  { code: 'unit-reviewer', label: '单位审核人', does: '审核别人填报的成果，通过或退回' },
  { code: 'system-administrator', label: '系统管理员', does: '添加人员、调整角色、打印恢复单' },
  { code: 'security-officer', label: '安全保密员', does: '设定安全要求，重设密码时在场' },
  { code: 'auditor', label: '安全审计员', does: '只查看和核对操作记录，不兼任其他角色' },
  { code: 'classification-officer', label: '定密责任人', does: '决定别人提出的定密、变更和解除', only: 'classified' },
  { code: 'results-officer', label: '涉密成果专管员', does: '封装、移交涉密成果，管登记簿', only: 'classified' },
]

/** The roles that a vault of this edition knows. */
export const rolesOf = (edition: VaultKind | undefined): typeof ROLES => ROLES.filter((role) => !role.only || role.only === edition)

export const roleLabel = (role: Role): string => ROLES.find((one) => one.code === role)?.label ?? role
