/** States as a person asks for them. */
import type { State } from '../generated/commands'

export const GROUPS: { code: string; label: string; states: State[] }[] = [
  { code: 'open', label: '在填（草稿、退回）', states: ['draft', 'returned'] },
  { code: 'review', label: '待单位审核', states: ['unit_review'] },
  { code: 'sent', label: '单位已通过', states: ['approved'] },
  { code: 'authority', label: '主管部门办理中', states: ['authority_review', 'held', 'recommended', 'evaluation'] },
  { code: 'done', label: '已有结果', states: ['admitted', 'declined', 'published', 'vetoed'] },
]
