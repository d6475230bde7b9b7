/**
 * `npm run rule-simulation -- --rules file.json [--as-of <instant>]`: what other rules would change, over all memberships of a hub
 * that runs, by its console API (`POST /api/rules/try`), page by page. Nothing is written there.
 *
 * Without more it asks the hub on this laptop, as its operator. Elsewhere: `--url https://…` and a token in HUB_TOKEN.
 * Prints counts, sums and the first memberships that would change; exits 1 when the hub refuses the file.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { operatorTokens, sandboxPartners } from '../local/demo/partners.ts'
import { added, printed, type RuleSimulationPage, type RuleSimulationSum } from './rule-simulation-report.ts'

const PATIENCE_MILLIS = 30_000

const { values } = parseArgs({
  options: {
    rules: { type: 'string' },
    'as-of': { type: 'string' },
    url: { type: 'string' },
  },
})
if (values.rules === undefined)
  throw new RangeError('expected --rules with a file of dated lists; see docs/rule-simulation.md')
const rules: unknown = JSON.parse(await readFile(values.rules, 'utf8'))
const dataDir = process.env.HUB_DATA_DIR ?? '.hub'
const hub = values.url ?? (await localHub(dataDir))
const token = process.env.HUB_TOKEN ?? (await operatorTokens(dataDir)).operator

let sum: RuleSimulationSum | undefined
for (let after: string | null = null; ; ) {
  const page: RuleSimulationPage | string = await ask(after)
  if (typeof page === 'string') {
    console.error(page)
    process.exitCode = 1
    break
  }
  sum = added(sum, page)
  after = page.next
  console.error(`  ${sum.checked} memberships looked at, ${sum.changed} would change`)
  if (after !== null) continue
  console.log(printed(sum))
  break
}

/** A refusal is what the hub says of it; the file holds no personal data, and neither does the answer. */
async function ask(after: string | null): Promise<RuleSimulationPage | string> {
  const asOf = values['as-of']
  const body = { rules, ...(asOf === undefined ? {} : { asOf }), ...(after === null ? {} : { after }) }
  const reply = await fetch(new URL('/api/rules/try', hub), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  })
  const answer = (await reply.json()) as RuleSimulationPage & { readonly detail?: string }
  return reply.ok ? answer : `The hub refused (${reply.status}): ${answer.detail ?? 'without a reason'}`
}

/** Where the hub of this folder listens: its sandbox files name the address. */
async function localHub(folder: string): Promise<string> {
  const [partner] = await sandboxPartners(folder)
  if (partner === undefined) throw new Error('expected a hub that was started in this folder; `npm start` first')
  return new URL(partner.file.baseUrl).origin
}
