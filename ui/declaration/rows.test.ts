import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reactive } from 'vue'
import type { Declaration, FormFieldView } from '../generated/commands'
import { session } from '../shared/session'
import { emptyForm } from './testform'
import DeclarationForm from './DeclarationForm.vue'

const blank = (number: number): FormFieldView =>
  ({ number, path: '', label: `第 ${number} 项`, hint: '', help: '', clause: '', section: '', required: false, options: [] })
let page: ReturnType<typeof mount> | null = null

beforeEach(() => {
  session.catalogue = Array.from({ length: 22 }, (_, n) => blank(n + 1))
})
afterEach(() => {
  page?.unmount()
  page = null
})

function show(section: string, form: Declaration = emptyForm()) {
  const model = reactive(form)
  page = mount(DeclarationForm, { props: { modelValue: model, section }, attachTo: document.body })
  return { page, model }
}
const focused = () => document.activeElement?.getAttribute('data-testid')
const settle = () => new Promise((done) => setTimeout(done))

test('each section shows its own fields and only them', () => {
  const marks = { achievement: 'name', rights: 'rights_text', cooperation: 'maturity', summary: 'summary', commitment: 'commitment.signatory' }
  for (const [section, mark] of Object.entries(marks)) {
    const shown = show(section).page
    expect(shown.find(`[data-testid="field-${mark}"]`).exists(), section).toBe(true)
    for (const other of Object.values(marks)) {
      if (other !== mark) expect(shown.find(`[data-testid="field-${other}"]`).exists(), `${other} in ${section}`).toBe(false)
    }
    shown.unmount()
  }
})

test('a label names its control', () => {
  const shown = show('achievement').page
  const input = shown.get('[data-testid="field-name"]')
  expect(shown.get(`label[for="${input.attributes('id')}"]`).text()).toContain('第 1 项')
})

test('adding an entry puts the cursor into its first field', async () => {
  const shown = show('rights').page
  await shown.get('[data-testid="add-right"]').trigger('click')
  await settle()
  expect(focused()).toBe('field-rights[0].kind')
})

test('removing an entry keeps the cursor near: at the next one, at the end at the add button', async () => {
  const { page: shown, model } = show('projects')
  for (let n = 0; n < 3; n += 1) await shown.get('[data-testid="add-project"]').trigger('click')
  const remove = () => shown.findAll('[data-remove]')
  await remove()[1].trigger('click')
  await settle()
  expect(model.projects.length).toBe(2)
  expect(document.activeElement?.closest('[data-row]')?.getAttribute('data-row')).toBe('projects[1]')
  await remove()[1].trigger('click')
  await settle()
  await remove()[0].trigger('click')
  await settle()
  expect(focused()).toBe('add-project')
})

test('choices stay in the notice’s order whatever the order of ticking', async () => {
  session.catalogue[15].options = ['first', 'second', 'third'].map((code) => ({ code, label: code }))
  const { page: shown, model } = show('cooperation')
  for (const code of ['third', 'first']) await shown.get(`[data-testid="field-cooperation-${code}"]`).setValue(true)
  expect(model.cooperation).toEqual(['first', 'third'])
})
