/**
 * Child processes that never outlive the hub. A small shell supervises each: it ends the child when its own input closes, and
 * that happens however the hub dies, kill -9 included. Ctrl-C does not reach the child: the hub ends it when it is done.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

/**
 * Ignoring INT and TERM is inherited by the child: only the hub decides when it goes. A shell gives what it starts in the
 * background no input, so the watcher gets the hub's end of the pipe as 3. The keeper ends with its child, either way.
 */
const SUPERVISOR =
  'trap "" INT TERM HUP; exec 3<&0; "$@" </dev/null 3<&- & child=$!; ' +
  '{ cat <&3 >/dev/null; kill -9 $child; } >/dev/null 2>&1 & wait $child'

export type SupervisedProcess = {
  readonly errorOutput: () => string
  readonly ended: () => boolean
  /** Resolves when the child has ended, asked or not. */
  readonly end: Promise<void>
  readonly stop: () => Promise<void>
}

export function spawnSupervised(command: string, args: readonly string[]): SupervisedProcess {
  const supervisor: ChildProcess = spawn('sh', ['-c', SUPERVISOR, 'supervisor', command, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let errorOutput = ''
  supervisor.stderr?.on('data', (chunk: Buffer) => {
    errorOutput = `${errorOutput}${chunk}`.slice(-1_000)
  })
  const end = new Promise<void>((resolve, reject) => {
    supervisor.once('exit', () => {
      // Lets the watcher go, which still waits for this end to close.
      supervisor.stdin?.destroy()
      resolve()
    })
    supervisor.once('error', reject)
  })
  return {
    errorOutput: () => errorOutput.trim(),
    ended: () => supervisor.exitCode !== null || supervisor.signalCode !== null,
    end,
    stop: async () => {
      supervisor.stdin?.end()
      await end
    },
  }
}

/** A port that was free a moment ago; who takes it must bear that it no longer is. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
