/**
 * `npm run attack -- --base http://127.0.0.1:8787 [--sandbox .hub/sandbox] [--only text] [--slow]`: attacks a running hub and
 * says what got through. Ends with `attacks refused N of N`; exit code 1 when one was not. Refuses to attack another machine
 * without `--i-may-attack-this-host`.
 */
import { parseArgs } from 'node:util'
import { arenaAt, isLoopback } from './arena.ts'
import { CORPUS, SLOW_CORPUS } from './families/corpus.ts'
import { type AttackResult, attackAll } from './run.ts'

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8787' },
    sandbox: { type: 'string', default: '.hub/sandbox' },
    only: { type: 'string', default: '' },
    slow: { type: 'boolean', default: false },
    'i-may-attack-this-host': { type: 'boolean', default: false },
  },
})
process.exitCode = await main()

async function main(): Promise<number> {
  const base = new URL(values.base)
  if (!isLoopback(base) && !values['i-may-attack-this-host']) {
    console.error(`Expected --i-may-attack-this-host, because ${base.host} is another machine. Nothing was sent.`)
    return 2
  }
  const arena = await arenaAt(base.origin, values.sandbox)
  const families = values.slow ? [...CORPUS, ...SLOW_CORPUS] : CORPUS
  const results = await attackAll({ arena, families, only: values.only, onFamily: printFamily })
  const refused = results.filter((one) => one.refused).length
  console.log(`attacks refused ${refused} of ${results.length}`)
  return refused === results.length && results.length > 0 ? 0 : 1
}

function printFamily(family: string, results: readonly AttackResult[]): void {
  const through = results.filter(({ refused }) => !refused)
  console.log(`${family.padEnd(32)} ${String(results.length - through.length).padStart(4)} of ${results.length}`)
  for (const { channel, name, expected, got } of through) {
    console.log(`  NOT REFUSED  ${channel}: ${name}\n    expected ${expected.join(' or ')}\n    got      ${got}`)
  }
}
