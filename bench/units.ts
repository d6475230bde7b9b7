/**
 * `npm run bench:units`: what each call costs in DynamoDB's write and read units, from the endpoint to the view.
 *
 * Counts, not times: the same on every machine. Exits 1 where a call costs more write units than its budget.
 * `in a row` are calls to DynamoDB that wait for one another, evidence not among them: each costs its latency. `calls` are
 * all of them: each costs its signature and its answer.
 * `writes` are by DynamoDB's published rules; `reported` is what the embedded table says of itself, which is less where a
 * condition failed (bench/capacity.ts).
 */
import { createTables, startDatabase } from '../test/support/dynoxide.ts'
import { judge, type Limit, tableText } from './report.ts'
import { countUnits, STEPS, type UnitCount } from './unit-count.ts'

/** Write units at most, by call; SNAP may take one more for its X-EXTERNAL-ID. A bill is rare and has no budget. */
const BUDGET: readonly { readonly call: string; readonly units: number; readonly snap: number }[] = [
  { call: 'inquiry', units: 0, snap: 1 },
  { call: 'payment', units: 4, snap: 5 },
  { call: 'payment of 12 months, 3 programs', units: 4, snap: 5 },
  { call: 'duplicate', units: 0, snap: 1 },
  { call: 'duplicate, external id kept', units: 0, snap: 1 },
  { call: 'duplicate of the reversal', units: 0, snap: 1 },
  { call: 'status', units: 0, snap: 1 },
]

const database = await startDatabase()
try {
  const counted = await countUnits(database.endpoint, await createTables(database.endpoint))
  const head = [
    'protocol',
    'call',
    'facts',
    ...STEPS,
    'writes',
    'reported',
    'read: endpoint',
    'fold',
    'reported',
    'in a row: endpoint',
    'fold',
    'calls: endpoint',
    'fold',
  ]
  const rows = counted.map((row) => [
    row.protocol,
    row.call,
    row.facts,
    ...STEPS.map((step) => row.writes[step] ?? 0),
    row.written,
    row.writtenReported,
    row.readAtEndpoint,
    row.readByFold,
    row.readReported,
    row.tripsAtEndpoint,
    row.tripsOfFold,
    row.callsAtEndpoint,
    row.callsOfFold,
  ])
  console.log('Write and read units per call, the customer known by NIK, `facts` in the account before it\n')
  console.log(`${tableText(head, rows)}\n`)
  judge(BUDGET.flatMap((row) => limitsOf(row, counted)))
} finally {
  await database.stop()
}

/** Of a call on accounts of all sizes the dearest counts. */
function limitsOf({ call, units, snap }: (typeof BUDGET)[number], counted: readonly UnitCount[]): readonly Limit[] {
  return ['snap', 'pipe-h2h', 'hub-h2h'].flatMap((protocol) => {
    const same = counted.filter((row) => row.protocol === protocol && row.call === call)
    const value = Math.max(...same.map(({ written }) => written))
    const limit = protocol === 'snap' ? snap : units
    return same.length === 0 ? [] : [{ what: `write units, ${protocol} ${call}`, value, limit }]
  })
}
