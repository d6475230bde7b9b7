/**
 * `npm run bench:units`: what each call costs in DynamoDB's write and read units, from the door to the view.
 *
 * Counts, not times: the same on every machine. Exits 1 where a call costs more write units than its budget.
 * `writes` are by DynamoDB's published rules; `reported` is what the embedded table says of itself, which is less where a
 * condition failed (bench/capacity.ts).
 */
import { createTables, startDatabase } from '../test/support/dynoxide.ts'
import { judge, type Limit, tableText } from './report.ts'
import { type Counted, countUnits, STEPS } from './unit-count.ts'

const database = await startDatabase()
try {
  const counted = await countUnits(database.endpoint, await createTables(database.endpoint))
  const head = ['protocol', 'call', 'facts', ...STEPS, 'writes', 'reported', 'read: door', 'fold', 'reported']
  const rows = counted.map((row) => [
    row.protocol,
    row.call,
    row.facts,
    ...STEPS.map((step) => row.writes[step] ?? 0),
    row.written,
    row.writtenReported,
    row.readAtDoor,
    row.readByFold,
    row.readReported,
  ])
  console.log('Write and read units per call, the customer known by NIK, `facts` in the account before it\n')
  console.log(`${tableText(head, rows)}\n`)
  judge(counted.flatMap(limitOf))
} finally {
  await database.stop()
}

/** The budget; a bill is rare and may cost more, so it has none. */
function limitOf({ protocol, call, facts, written }: Counted): readonly Limit[] {
  const external = protocol === 'snap' ? 1 : 0
  const limit = {
    inquiry: 0 + external,
    payment: 4 + external,
    'payment of 12 months, 3 programs': 4 + external,
    duplicate: 0 + external,
    'duplicate, external id kept': 1,
    'duplicate of the reversal': 0,
    status: 0,
  }[call]
  return limit === undefined ? [] : [{ what: `${protocol} ${call} (${facts} facts)`, value: written, limit }]
}
