/**
 * The hub is killed at random moments while all five channels pay, repeat, reverse and are refused; then everything that was
 * said is asked again and every table is audited. `npm run crash` does the same for as many kills as wanted.
 */
import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { brokenIn, figuresOf } from '../crash/report.ts'
import { runCrash } from '../crash/run-crash.ts'

const KILLS = 8

test(`killed ${KILLS} times under traffic, it loses nothing, doubles nothing and says the same again`, async () => {
  const seed = randomInt(1, 1_000_000)
  const printed: string[] = [`Again: npm run crash -- --kills ${KILLS} --seed ${seed}`]
  const report = await runCrash({ kills: KILLS, seed, say: (line) => void printed.push(line) })
  expect(brokenIn(report), `${printed.join('\n')}\n${figuresOf(report)}`).toEqual([])
  expect(report.payments, 'payments acknowledged').toBeGreaterThan(KILLS)
}, 600_000)
