/** What the parts of the form are called on a button: 撤销“成果名称”. */
const fields: Record<string, string> = {
  name: '成果名称', field: '技术领域', field_other: '其它技术领域', kind: '成果类型', level: '成果水平',
  'research.basis': '成果研究时间', 'research.from': '研究开始日期', 'research.to': '研究结束日期', research: '成果研究时间',
  rights_text: '获得知识产权情况', rights: '知识产权条目', right_kinds: '知识产权类型',
  'publicity.published': '公开宣传情况', 'publicity.detail': '宣传的时间和媒体', publicity: '公开宣传情况',
  projects: '依托项目条目', units: '完成单位条目', 'ownership.same_as_units': '权属是否一致', 'ownership.holders': '权属单位条目',
  ownership: '成果权属单位', maturity: '技术成熟度', needs_transfer: '是否需要转化', policy_needs: '转化政策需求',
  cooperation: '合作方式', cooperation_other: '其他合作方式', funding: '需投入资金', funding_use: '资金用途',
  consent_to_publish: '是否同意公开发布', summary: '成果简介', researchers: '研制人员条目',
  'commitment.signatory': '承诺签字人', 'commitment.signed_on': '签字日期', commitment: '承诺', prize: '直通车', 'prize.contest': '获奖的大赛', 'prize.edition': '大赛届次', 'prize.place': '山东赛区名次',
}
const entries: Record<string, { one: (n: number) => string; parts: Record<string, string> }> = {
  rights: { one: (n) => `第 ${n} 项知识产权`, parts: { kind: '类型', title: '名称', number: '编号', owners: '权利人', date: '日期' } },
  projects: { one: (n) => `第 ${n} 项依托项目`, parts: { category: '类别', level: '级别', name: '名称', number: '编号' } },
  researchers: { one: (n) => `第 ${n} 位研制人员`, parts: { name: '姓名', gender: '性别', born: '出生年月', title: '职务/职称/学历', unit: '工作单位' } },
}
const unit = { name: '单位名称', nature: '单位性质', nature_other: '其它单位性质', contact: '联系人', email: '邮箱', phone: '联系电话', address: '通讯地址' }
entries.units = { one: (n) => `第 ${n} 个完成单位`, parts: unit }
entries['ownership.holders'] = { one: (n) => `第 ${n} 个权属单位`, parts: unit }

/** The name of what stands at a path; 多处内容 where the change touches more than one field. */
export function nameOf(path: string): string {
  const found = /^([^[]+)\[(\d+)\](?:\.(.+))?$/.exec(path)
  const entry = found && entries[found[1]]
  if (!entry) return fields[path] ?? '多处内容'
  const one = entry.one(Number(found[2]) + 1)
  const part = found[3] && entry.parts[found[3]]
  return part ? `${one}的${part}` : one
}
