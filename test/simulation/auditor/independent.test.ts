/** An auditor who uses the books of the audited proves nothing: of the product it may know types only. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('.test.ts'))

test.each(files)('%s imports nothing of the product but types', (file) => {
  const text = readFileSync(`${import.meta.dirname}/${file}`, 'utf8')
  const imports = [...text.matchAll(/^(import(?: type)?)\b[^']*'([^']+)'/gm)]
  const values = imports.filter(([, keyword, from = '']) => keyword === 'import' && !from.startsWith('./'))
  expect(values.map(([statement]) => statement)).toEqual([])
})

test('there is an auditor', () => {
  expect(files.length).toBeGreaterThan(5)
})
