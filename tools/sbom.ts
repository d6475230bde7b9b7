/**
 * `npm run sbom`: writes what is installed as a CycloneDX document to dist/sbom.cdx.json (or the file that is named), prints how
 * many packages come under each licence, and ends with 1 when one comes under a licence, or with a script at installation, that
 * is not listed in tools/supply-chain.ts. npm itself makes the document from the lock file; no network.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findingsIn, type LockFile, licenceCounts } from './supply-chain.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const file = path.resolve(process.argv[2] ?? path.join(ROOT, 'dist', 'sbom.cdx.json'))
const MOST_BYTES = 64 * 1024 * 1024

const made = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: MOST_BYTES,
})
if (made.status !== 0) {
  console.error(`expected npm to make the document, it ended with ${made.status}: ${made.stderr}`)
  process.exit(2)
}
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, made.stdout)

const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as LockFile
for (const [licence, count] of licenceCounts(lock)) console.log(`${String(count).padStart(5)}  ${licence}`)
const findings = findingsIn(lock)
for (const { name, what } of findings) console.error(`not listed: ${name}, ${what}`)
const { components } = JSON.parse(made.stdout) as { readonly components: readonly unknown[] }
console.log(`${components.length} components in ${path.relative(process.cwd(), file)}, ${findings.length} not listed`)
process.exitCode = findings.length === 0 ? 0 : 1
