/**
 * The other side of `npm run bench:settlement`: the same rows in an embedded analytical database, which joins and classifies
 * them in one statement. It does less: no neighbouring files, no candidates, no ids of differences; what it must find is the same.
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { FEE, fileLines, hubEntries } from './settlement-data.ts'

export type TheirOrder = { readonly size: number; readonly threads: number }

export type TheirRun = {
  readonly fillMillis: number
  readonly joinMillis: number
  readonly joinCpuMillis: number
  readonly classes: Readonly<Record<string, number>>
}

const TABLES = `
  create or replace table hub (id varchar, account varchar, amount bigint, decided bigint, outlet varchar, reversed boolean);
  create or replace table lines (line integer, id varchar, customer varchar, outlet varchar, paid bigint, amount bigint,
    fee bigint, reversed boolean);`

/** One row for each payment and each id that only the file has; everything but agreement is kept, as the hub keeps it. */
const CLASSIFIED = `
  create or replace table classified as
  with file as (
    select id, count(*) filter (where not reversed) as settled, count(*) filter (where reversed) as taken,
      min(amount) as amount, min(fee) as low, max(fee) as high, min(line) as line, any_value(customer) as customer
    from lines group by id)
  select coalesce(hub.id, file.id) as id, hub.amount as hub, file.amount as file, file.line, hub.account, hub.decided,
    case
      when hub.id is null then case when file.settled > file.taken then 'missing-in-hub' else 'none' end
      when file.id is null then case when hub.reversed then 'none' else 'missing-in-file' end
      when hub.reversed then case when file.settled > file.taken then 'reversed-here-settled-there' else 'none' end
      when file.settled <= file.taken then 'settled-here-reversed-there'
      when file.settled - file.taken > 1 then 'duplicate-in-file'
      when hub.amount <> file.amount then 'amount-difference'
      when file.low <> ${FEE} or file.high <> ${FEE} then 'fee-difference'
      when hub.account <> file.customer then 'ambiguous'
      else 'matched' end as class
  from hub full outer join file on hub.id = file.id`

const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()

/** Size of what the tables hold: filling them takes longer than the question. */
let filled = 0

process.on('message', async ({ size, threads }: TheirOrder) => {
  const start = performance.now()
  if (filled !== size) await fill(size)
  filled = size
  await connection.run(`set threads = ${threads}`)
  const ready = performance.now()
  const cpu = process.cpuUsage()
  await connection.run(CLASSIFIED)
  const different = await connection.runAndReadAll(
    "select id, hub, file, line, account, decided, class from classified where class not in ('matched', 'none')",
  )
  const classes: Record<string, number> = {}
  for (const row of different.getRows()) classes[String(row[6])] = (classes[String(row[6])] ?? 0) + 1
  const joinMillis = performance.now() - ready
  const used = process.cpuUsage(cpu)
  const joinCpuMillis = (used.user + used.system) / 1_000
  process.send?.({ fillMillis: ready - start, joinMillis, joinCpuMillis, classes } satisfies TheirRun)
})

async function fill(size: number): Promise<void> {
  await connection.run(TABLES)
  const hub = await connection.createAppender('hub')
  for (const { paymentId, account, amount, decidedAt, outlet, state } of hubEntries(size)) {
    hub.appendVarchar(paymentId)
    hub.appendVarchar(account)
    hub.appendBigInt(BigInt(amount))
    hub.appendBigInt(BigInt(decidedAt))
    hub.appendVarchar(outlet)
    hub.appendBoolean(state === 'reversed')
    hub.endRow()
  }
  hub.closeSync()
  const lines = await connection.createAppender('lines')
  for (const { line, paymentId, customerId, outlet, at, amount, fee, status } of fileLines(size)) {
    lines.appendInteger(line)
    lines.appendVarchar(paymentId)
    lines.appendVarchar(customerId)
    lines.appendVarchar(outlet)
    lines.appendBigInt(BigInt(at))
    lines.appendBigInt(BigInt(amount))
    lines.appendBigInt(BigInt(fee))
    lines.appendBoolean(status === 'reversed')
    lines.endRow()
  }
  lines.closeSync()
}
