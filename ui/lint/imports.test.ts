import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
// @ts-expect-error the checker is a plain module without types
import { faultsOf } from './imports.mjs'

const ui = resolve('.')
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

/** A window with one file in it, and the checker beside it. */
function planted(path: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'luguo-imports-'))
  folders.push(folder)
  cpSync(join(ui, 'lint'), join(folder, 'lint'), { recursive: true })
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
  return folder
}

test('the window as it stands imports one way', () => {
  expect(execFileSync(process.execPath, [join(ui, 'lint/imports.mjs')], { encoding: 'utf8' })).toBe('')
})

test.each([
  ['evidence/A.vue', "import DeclarationForm from '../declaration/DeclarationForm.vue'", 'evidence may import'],
  ['shared/a.ts', "import type { Place } from '../views/App.vue'", 'shared may import'],
  ['declaration/sections/A.vue', "import { x } from '../../sync/x'", 'declaration may import'],
  ['sync/a.ts', "const page = await import('../people/PeoplePage.vue')", 'sync may import'],
  ['review/a.ts', "import { invoke } from '@tauri-apps/api/core'", 'only platform knows the window'],
  ['corner/a.ts', "export const a = 1", 'has no entry'],
])('a planted fault in %s ends the run with its name', (path, text, why) => {
  const run = spawnSync(process.execPath, [join(planted(path, text), 'lint/imports.mjs')], { encoding: 'utf8' })
  expect(run.status).toBe(1)
  expect(run.stderr).toContain(path)
  expect(run.stderr).toContain(why)
})

test('what is allowed is no fault', () => {
  expect(faultsOf('declaration/sections/A.vue', "import A from '../../evidence/A.vue'\nimport b from '../b'\nimport { ref } from 'vue'")).toEqual([])
  expect(faultsOf('platform/a.ts', "import { invoke } from '@tauri-apps/api/core'\nimport type { X } from '../generated/commands'")).toEqual([])
})

test('a run that finds no source files is a fault of the run', () => {
  const folder = planted('loose.ts', '')
  expect(spawnSync(process.execPath, [join(folder, 'lint/imports.mjs')]).status).not.toBe(0)
})
