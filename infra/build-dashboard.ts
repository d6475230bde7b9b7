/**
 * `npm run build:dashboard`: builds dashboard/ into dist/dashboard, only when one of its sources changed. The local hub and the
 * tests call `buildDashboard`.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['dashboard/{src,public}/**/*', 'dashboard/*.{html,ts,json}', 'package-lock.json']

export const DASHBOARD_FOLDER = path.join(REPOSITORY, 'dist', 'dashboard')

/** Resolves with whether it had to build. `say` prints a line before that. */
export async function buildDashboard(say: (line: string) => void): Promise<'built' | 'up-to-date'> {
  const stamp = path.join(DASHBOARD_FOLDER, '.made-of')
  const sources = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return 'up-to-date'
  say('Building the dashboard …')
  const fresh = `${DASHBOARD_FOLDER}.${process.pid}.tmp`
  try {
    await vite(fresh)
    writeFileSync(path.join(fresh, '.made-of'), sources)
    // Whoever reads meanwhile finds the old build or the new one, whole.
    rmSync(DASHBOARD_FOLDER, { recursive: true, force: true })
    renameSync(fresh, DASHBOARD_FOLDER)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return 'built'
}

/** In a process of its own: its memory goes when it is done. */
function vite(outDir: string): Promise<void> {
  const command = path.join(REPOSITORY, 'node_modules', 'vite', 'bin', 'vite.js')
  const child = spawn(process.execPath, [command, 'build', 'dashboard', '--outDir', outDir, '--logLevel', 'warn'], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Whoever builds, a test runner too, gets what is deployed: React has another, larger self elsewhere.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`expected the dashboard to build, got exit code ${code}: ${output}`))
    })
  })
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: REPOSITORY, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
    hash.update(path.relative(REPOSITORY, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

if (import.meta.main) console.log(`Dashboard: ${await buildDashboard(() => {})}, in ${DASHBOARD_FOLDER}`)
