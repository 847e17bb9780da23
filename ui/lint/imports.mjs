// Imports go one way: a folder may import itself and the folders listed for it. A folder that is
// not listed, or an import of the window's own modules outside ui/platform, is a fault.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const base = ['platform', 'generated', 'shared']
export const DOORS = {
  generated: [],
  platform: ['generated'],
  shared: ['platform', 'generated'],
  vault: base,
  addresses: base,
  documents: base,
  viewer: base,
  scan: [...base, 'viewer'],
  evidence: [...base, 'scan', 'viewer'],
  audit: base,
  bin: base,
  care: base,
  people: base,
  review: base,
  search: base,
  // What only the classified edition shows.
  secrecy: base,
  keys: base,
  sealed: base,
  sync: base,
  today: base,
  // Reading: the form on one side, its evidence on the other.
  reading: [...base, 'declaration', 'evidence', 'review', 'sealed', 'secrecy', 'viewer'],
  // The desk is where a declaration, its evidence and its review come together.
  declaration: [...base, 'addresses', 'documents', 'evidence', 'review', 'secrecy', 'today'],
  views: [...base, 'vault', 'addresses', 'audit', 'bin', 'care', 'declaration', 'documents', 'evidence', 'keys', 'people', 'reading', 'review', 'sealed', 'search', 'secrecy', 'sync', 'today'],
}
/** Folders of programs that are no part of the window. */
const APART = new Set(['bench', 'e2e', 'lint', 'dist', 'node_modules'])
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bvi\.mock\(\s*)['"]([^'"]+)['"]/g

/** The faults of one file; `path` is relative to ui, `text` is what stands in it. */
export function faultsOf(path, text) {
  const folder = path.split(/[\\/]/)[0]
  const doors = DOORS[folder]
  if (!doors) return [`${path}: the folder ${folder} has no entry in lint/imports.mjs`]
  const faults = []
  for (const [, target] of text.matchAll(IMPORT)) {
    if (target.startsWith('@tauri-apps') && folder !== 'platform') {
      faults.push(`${path}: imports ${target}; only platform knows the window, ask it instead`)
    }
    if (!target.startsWith('.')) continue
    const reached = relative('.', join(dirname(path), target)).split(sep)[0]
    if (reached !== folder && !doors.includes(reached)) {
      faults.push(`${path}: imports ${target}; ${folder} may import ${doors.join(', ') || 'nothing'}`)
    }
  }
  return faults
}

/** Source files under a folder, relative to it. */
function files(root, at = '') {
  return readdirSync(join(root, at)).flatMap((name) => {
    const path = join(at, name)
    if (statSync(join(root, path)).isDirectory()) return APART.has(name) ? [] : files(root, path)
    return at && /\.(ts|vue)$/.test(name) ? [path] : []
  })
}

/** The faults of the whole window. */
export function check(root) {
  const found = files(root)
  if (found.length === 0) throw new Error(`no source files under ${root}`)
  return found.flatMap((path) => faultsOf(path, readFileSync(join(root, path), 'utf8')))
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const faults = check(resolve(import.meta.dirname, '..'))
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length ? 1 : 0
}
