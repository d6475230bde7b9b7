/**
 * A real local hub for journeys: `local/main.ts` in a process of its own, in a folder of its own, without demo and traffic.
 *
 * Promises that it is met as everybody meets it (HTTP, sandbox files, what it prints), that it ends with the tests, also
 * when they are killed, and that its folder goes with it unless the test keeps it for the next start.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export type Role = 'viewer' | 'operator' | 'approver' | 'support' | 'admin' | 'sponsor'

export type ApiReply = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a journey reads whatever JSON the hub answered, field by field.
  readonly body: any
}

/** What everybody may do who knows where a hub is. */
export type TestHub = {
  readonly url: string
  readonly dataDir: string
  /** The hub's clock, as far as a test can know it: milliseconds. */
  readonly now: () => number
  readonly sandbox: (name: string) => Readonly<Record<string, string>>
  readonly api: (role: Role | null, method: string, path: string, body?: string | object) => Promise<ApiReply>
  readonly untilQuiet: () => Promise<void>
  /** Moves the clock; resolves when the hub is quiet again. */
  readonly moveTo: (instant: string) => Promise<ApiReply>
}

export type HubOnTrial = TestHub & {
  /** All that it printed. */
  readonly printed: () => string
  /** Ends it with SIGTERM, or with the signal given; the folder stays. */
  readonly end: (signal?: NodeJS.Signals) => Promise<void>
  /** Ends it and removes its folder. */
  readonly stop: () => Promise<void>
}

export type TrialOptions = {
  readonly clock?: string
  readonly dataDir?: string
  readonly isolates?: 'strict'
  /** Started as people start it, by `npm start`; `end` then signals npm alone. */
  readonly by?: 'npm'
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const READY = /^Hub ready: (http:\/\/127\.0\.0\.1:\d+)$/m
/** The first start after a change of source bundles and synthesizes. */
const START_MILLIS = 120_000

export async function hubOnTrial(options: TrialOptions = {}): Promise<HubOnTrial> {
  const folder = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'hub-journey-'))
  const { ready, printed, end } = spawnHub(folder, options)
  return {
    ...metAt(await ready, folder, options.clock),
    printed,
    end,
    stop: async () => {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The process of a hub, from its first moment on: it can be ended before it is ready. */
export type HubProcess = {
  readonly pid: number
  /** Its address once it serves; rejects when it ends before. */
  readonly ready: Promise<string>
  readonly printed: () => string
  /** Ends it with SIGTERM, or with the signal given. */
  readonly end: (signal?: NodeJS.Signals) => Promise<void>
}

export function spawnHub(folder: string, { clock, isolates, by }: TrialOptions): HubProcess {
  const direct = [process.execPath, '--import', './tools/watch-parent.mjs', 'local/main.ts']
  const [command = '', ...args] = by === 'npm' ? ['npm', 'start'] : direct
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      HUB_DATA_DIR: folder,
      HUB_DEMO: 'off',
      HUB_TRAFFIC: 'off',
      ...(clock === undefined ? {} : { HUB_CLOCK: clock }),
      ...(isolates === undefined ? {} : { HUB_ISOLATES: isolates }),
    },
  })
  let output = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`expected the hub to be ready in time; it said: ${output}`)),
      START_MILLIS,
    )
    const read = (chunk: Buffer) => {
      output += chunk
      const url = READY.exec(output)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new Error(`expected the hub to start; it ended and said: ${output}`))
    })
  })
  // Whoever ends it before it is ready need not ask.
  ready.catch(() => {})
  return {
    pid: child.pid ?? 0,
    ready,
    printed: () => output,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await exited
    },
  }
}

/** A hub as anybody meets it who knows its address and its folder. `clock` is what it was started with, just now. */
export function metAt(url: string, dataDir: string, clock: string | undefined): TestHub {
  let offset = clock === undefined ? 0 : Date.parse(clock) - Date.now()
  const sandbox = (name: string) => JSON.parse(readFileSync(path.join(dataDir, 'sandbox', `${name}.json`), 'utf8'))
  const operators = sandbox('operators')

  async function api(role: Role | null, method: string, to: string, body?: string | object): Promise<ApiReply> {
    const headers: Record<string, string> = {}
    if (role !== null) headers.authorization = `Bearer ${operators[role]}`
    if (body !== undefined) headers['content-type'] = typeof body === 'string' ? 'text/csv' : 'application/json'
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    return replyOf(await fetch(url + to, { method, headers, ...(payload === undefined ? {} : { body: payload }) }))
  }

  async function untilQuiet(): Promise<void> {
    const reply = await replyOf(await fetch(`${url}/__local/settle`, { method: 'POST' }))
    if (reply.status !== 200) throw new Error(`expected the hub to come to rest, got ${reply.status}: ${reply.text}`)
  }

  async function moveTo(instant: string): Promise<ApiReply> {
    offset = Date.parse(instant) - Date.now()
    const body = JSON.stringify({ now: instant })
    const reply = await replyOf(await fetch(`${url}/__local/clock`, { method: 'POST', body }))
    if (reply.status !== 200) throw new Error(`expected the clock to move, got ${reply.status}: ${reply.text}`)
    return reply
  }

  return { url, dataDir, now: () => Date.now() + offset, sandbox, api, untilQuiet, moveTo }
}

/** Every log line of every function, with the file it stands in. */
export function logLinesOf(dataDir: string): readonly string[] {
  const folder = path.join(dataDir, 'logs')
  return readdirSync(folder).flatMap((file) =>
    readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean),
  )
}

export async function replyOf(response: Response): Promise<ApiReply> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
