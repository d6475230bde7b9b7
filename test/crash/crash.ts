/**
 * `npm run crash -- --kills 50 --seed 1`: kills the local hub that often under traffic and audits it. Prints each kill as it
 * happens; ends with the figures, and with 1 when a promise broke.
 */
import { parseArgs } from 'node:util'
import { brokenIn, figuresOf } from './report.ts'
import { runCrash } from './run-crash.ts'

const MOST_PRINTED = 20

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
})
const [kills, seed] = [wholeOf('kills'), wholeOf('seed')]
console.log(`Killing the local hub ${kills} times, seed ${seed}`)
const report = await runCrash({ kills, seed, say: (line) => console.log(line) })
const broken = brokenIn(report)
for (const line of broken.slice(0, MOST_PRINTED)) console.log(line)
if (broken.length > MOST_PRINTED) console.log(`… and ${broken.length - MOST_PRINTED} more`)
if (broken.length > 0) console.log(`Run it again: npm run crash -- --kills ${kills} --seed ${seed}`)
console.log(figuresOf(report))
process.exitCode = broken.length > 0 ? 1 : 0

function wholeOf(name: 'kills' | 'seed'): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value > 0) return value
  console.error(`Expected --${name} to be a whole number from 1, got ${values[name]}.`)
  process.exit(2)
}
