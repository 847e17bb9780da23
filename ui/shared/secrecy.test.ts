import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { rolesOf } from './roles'
import SecrecyTag from './SecrecyTag.vue'
import { session } from './session'
import { useShownMarking } from './shown'

test('the officers of classified results are offered in the classified edition alone', () => {
  const only = ['classification-officer', 'results-officer']
  expect(rolesOf('open').filter((role) => only.includes(role.code))).toEqual([])
  expect(rolesOf('classified').map((role) => role.code)).toEqual([...rolesOf('open').map((role) => role.code), ...only])
})

test('a secret is red, what is none is plain, an open edition shows nothing', () => {
  const tag = (marking: string) => mount(SecrecyTag, { props: { marking } }).find('[data-testid="marking"]')
  expect(tag('机密★10年').classes()).toContain('must')
  for (const plain of ['不涉密', '未定密', '已解密']) expect(tag(plain).classes()).not.toContain('must')
  expect(tag('').exists()).toBe(false)
})

test('the band says the mark of the screen until it is left', async () => {
  const marking = ref('未定密')
  const screen = mount(defineComponent({ setup() { useShownMarking(() => marking.value); return () => h('p') } }))
  expect(session.marking).toBe('未定密')
  marking.value = '机密★10年'
  await nextTick()
  expect(session.marking).toBe('机密★10年')
  screen.unmount()
  expect(session.marking).toBe('')
})
