/**
 * A local hub that is killed and started again in the same folder. Promises that a kill is SIGKILL to the hub's own process
 * and nothing else, and that all that it had started is gone before the next start; what is not is reported, never killed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type HubProcess, metAt, spawnHub } from '../support/hub.ts'
import { familyOf, type LivingProcess, processesOf, stillLiving } from '../support/processes.ts'
import { type RunningHub, runningHubAt } from './partner-client.ts'

const LAST_BREATH_MILLIS = 10_000
/** A start sets the clock anew when the hub is ready: a little ahead, so that time never goes back. */
const AHEAD_MILLIS = 5_000

export type KillableHub = {
  /** The hub that serves, as soon as there is one. */
  readonly up: () => Promise<RunningHub>
  /** Begins a start; `up` resolves when it serves. */
  readonly start: () => void
  /** Ends it now, wherever it is in its life. */
  readonly kill: () => Promise<void>
  /** Ends it as Ctrl-C does, for good: a start after that is none. */
  readonly stop: () => Promise<void>
  /** How long the last complete start took. */
  readonly startMillis: () => number
  /** Processes that outlived their hub. */
  readonly outlived: readonly LivingProcess[]
}

/** `clock`: where the hub's time begins; it goes on through every restart. */
export function killableHub(dataDir: string, clock: number): KillableHub {
  const outlived: LivingProcess[] = []
  const began = performance.now()
  let starts = 0
  let startMillis = 0
  let isOver = false
  let life: HubProcess | undefined
  let standing = Promise.withResolvers<RunningHub>()
  let current: RunningHub | undefined
  let family: readonly LivingProcess[] = []

  function start(): void {
    if (isOver) return
    const at = new Date(clock + performance.now() - began + starts++ * AHEAD_MILLIS).toISOString()
    const process = spawnHub(dataDir, { clock: at })
    const from = performance.now()
    life = process
    process.ready.then(
      (url) => {
        if (life !== process) return
        startMillis = performance.now() - from
        current = runningHubAt(metAt(url, dataDir, at))
        // Looked up now, because it takes longer than a well-aimed kill may wait. A hub that serves starts no more processes.
        family = familyOf(process.pid)
        standing.resolve(current)
      },
      (error: Error) => {
        // Killed on purpose before it was ready: nobody waits for this one.
        if (life !== process) return
        // It may be that nobody waits at this moment.
        standing.promise.catch(() => {})
        standing.reject(error)
      },
    )
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = life
    if (ending === undefined) return
    if (current === undefined) family = familyOf(ending.pid)
    life = undefined
    // Who waits for a hub that was killed before it served waits on for the next one.
    if (current) standing = Promise.withResolvers()
    if (current) current.gone = true
    current = undefined
    await ending.end(signal)
    outlived.push(...(await survivorsOf(family, dataDir)))
  }

  return {
    up: () => standing.promise,
    start,
    kill: () => end('SIGKILL'),
    stop: () => {
      isOver = true
      return end('SIGTERM')
    },
    startMillis: () => startMillis,
    outlived,
  }
}

/** Children of a killed process need a moment to notice. */
async function survivorsOf(family: readonly LivingProcess[], dataDir: string): Promise<readonly LivingProcess[]> {
  const until = performance.now() + LAST_BREATH_MILLIS
  for (;;) {
    const living = stillLiving(family)
    const named = processesOf(dataDir)
    if (living.length === 0 && named.length === 0) return []
    if (performance.now() > until) return [...living, ...named.map((pid) => ({ pid: Number(pid), began: '' }))]
    await sleep(20)
  }
}
