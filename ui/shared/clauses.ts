/**
 * What the notice asks at each clause, in its main points. These are the points the program works
 * by, not the notice's full wording; the window says so where it shows them.
 */
export interface Passage {
  clause: string
  title: string
  points: string[]
}

const passages: Passage[] = [
  { clause: '一（一）', title: '征集范围', points: ['成果来自国家级或省级的项目、平台、人才计划或企业，依托的项目（平台、人才）至少填一项。'] },
  {
    clause: '一（二）', title: '征集条件',
    points: [
      '基础研究成果要有同行认可；技术攻关成果要有关键技术突破或替代进口；重大应用成果要有在重大工程、重大装备中应用的证明。',
      '成果应当在征集日之前两年内产生，以研究时间的结束日期为准。',
      '成果权属清楚：权利、单位和署名人齐全，每项知识产权有扫描件；与完成单位不一致的，要有权属证明。',
    ],
  },
  {
    clause: '二（一）', title: '单位填报',
    points: [
      '写到的事项有证明的，都附扫描件。',
      '同一成果只报一次，只走一个渠道。',
      '涉密成果按保密要求报送，不得通过网络。',
    ],
  },
  { clause: '二（二）', title: '单位审核和推荐渠道', points: ['填报单位审核通过以后才能报出，填报人不能审核自己填报的成果。', '审核后报所在市科技局；直报单位直接报省科技厅。'] },
  { clause: '二（三）', title: '主管部门推荐', points: ['主管部门每月择优推荐，其余的留在主管部门。'] },
  { clause: '二（四）', title: '遴选评价', points: ['对推荐的成果遴选评价，通过的进入重大科技成果库。'] },
  { clause: '二（五）', title: '成果发布', points: ['按月、按季度、按年度发布，只发布单位同意公开的成果。'] },
  { clause: '二（六）', title: '直通车', points: ['全国颠覆性技术创新大赛领域赛优胜项目、中国创新创业大赛山东赛区前 50 强优胜企业的参赛成果，凭获奖证明直接入库。'] },
  { clause: '三（一）', title: '一票否决', points: ['不符合绿色门槛、受到行政处罚或者有知识产权纠纷的，任何一项都不予受理。'] },
  { clause: '三（二）', title: '时间和材料', points: ['每月 10 日前报送。', '汇总表盖章，征集表和佐证材料打印一式两份，同时报电子版。'] },
  { clause: '三（三）', title: '联络员', points: ['各主管部门确定一名联络员。'] },
]
const form: Passage = { clause: '附件1', title: '征集表', points: ['征集表的栏目、选项和填写说明以表上印的为准。'] }

/** The passage a clause refers to; a field of annex 1 refers to the form. Nothing where we hold none. */
export function passage(clause: string): Passage | undefined {
  const exact = passages.find((one) => one.clause === clause)
  if (exact) return exact
  const annex = /^附件1\s*第\s*(\d+)\s*项$/.exec(clause)
  if (annex) return { ...form, clause, title: `征集表第 ${annex[1]} 项` }
  const veto = clause === '一票否决' ? '三（一）' : /^[一二三]（[一二三四五六]）/.exec(clause)?.[0]
  return passages.find((one) => one.clause === veto)
}
