/**
 * Runs single test files in the warm process (test-process.ts), and starts another one when a mutant makes it hang.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answer, Question } from './test-process.ts'

/** `late`: failed, by limits of time only. `hung`: no answer within the time; the process was ended. */
export type Verdict = 'passed' | 'failed' | 'late' | 'hung'

export type Tests = {
  /** To be told of every file that was written. */
  readonly changed: (file: string) => void
  readonly run: (test: string, withinMs: number) => Promise<Verdict>
  readonly close: () => Promise<void>
}

const START_MS = 60_000

export function testsIn(root: string): Tests {
  let child: Promise<ChildProcess> | undefined
  const changed = new Set<string>()
  const close = async () => {
    const ended = child
    child = undefined
    ;(await ended)?.kill('SIGKILL')
  }
  return {
    changed: (file) => void changed.add(file),
    run: async (test, withinMs) => {
      child ??= start(root)
      const process = await child
      const question: Question = { test, changed: [...changed] }
      changed.clear()
      const answer = await answerOf<Answer>(process, withinMs, () => process.send(question))
      if (answer?.passed) return 'passed'
      if (answer !== undefined) return answer.lateOnly ? 'late' : 'failed'
      await close()
      return 'hung'
    },
    close,
  }
}

async function start(root: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'test-process.ts'), {
    cwd: root,
    // Not what run.mjs gave this process: the child has a parent of its own to watch.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const isReady = await answerOf<string>(child, START_MS, () => {})
  if (isReady !== undefined) return child
  child.kill('SIGKILL')
  throw new Error(`expected vitest to be ready within ${START_MS} ms, and it was not`)
}

/** The next message; undefined when none came in time or the process ended. */
function answerOf<T>(child: ChildProcess, withinMs: number, ask: () => void): Promise<T | undefined> {
  return new Promise((resolve) => {
    const answered = (answer?: T) => {
      clearTimeout(timer)
      child.off('message', answered)
      child.off('exit', ended)
      resolve(answer)
    }
    const ended = () => answered()
    const timer = setTimeout(ended, withinMs)
    child.on('message', answered)
    child.on('exit', ended)
    ask()
  })
}
