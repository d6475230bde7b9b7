/** What we install: licences and install scripts are listed, and the document of it is made from the lock file. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findingsIn, INSTALL_SCRIPTS, LICENCES, type LockFile, licenceCounts } from '../../tools/supply-chain.ts'

const LOCK = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile

describe('what the lock file names', () => {
  test('comes under a licence that is listed, and runs no script when installed but those listed', () => {
    expect(findingsIn(LOCK)).toEqual([])
  })

  test('is what the lists are about: nothing is listed that is not there', () => {
    const licences = licenceCounts(LOCK).flatMap(([licence]) => licence.replace(/[()]/g, '').split(' OR '))
    expect(Object.keys(LICENCES).filter((licence) => !licences.includes(licence))).toEqual([])
    const scripts = Object.entries(LOCK.packages).filter(([, { hasInstallScript }]) => hasInstallScript)
    expect(scripts.map(([place]) => place.replace(/^.*node_modules\//, ''))).toEqual(Object.keys(INSTALL_SCRIPTS))
  })
})

test.each([
  ['no licence', {}, ['licence none']],
  ['a licence that nobody looked at', { license: 'SSPL-1.0' }, ['licence SSPL-1.0']],
  ['a choice of two of which one is listed', { license: '(GPL-3.0-or-later OR MIT)' }, []],
  ['a script', { license: 'MIT', hasInstallScript: true }, ['runs a script when installed']],
])('a package with %s', (_, one, found) => {
  const lock = { packages: { '': {}, 'node_modules/a/node_modules/@x/b': one } }
  expect(findingsIn(lock)).toEqual(found.map((what) => ({ name: '@x/b', what })))
})

test('the command writes a CycloneDX document of every component', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-sbom-'))
  try {
    const file = path.join(folder, 'sbom.json')
    const { status, stdout } = spawnSync(process.execPath, ['tools/sbom.ts', file], { encoding: 'utf8' })
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(/^\d+ components in .*, 0 not/),
    ])
    const { bomFormat, components } = JSON.parse(readFileSync(file, 'utf8'))
    expect(bomFormat).toBe('CycloneDX')
    const names = new Set(components.map(({ name }: { readonly name: string }) => name))
    for (const name of ['@aws-sdk/client-dynamodb', 'openpgp', 'esbuild']) expect(names).toContain(name)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
