/**
 * A million views into the embedded DynamoDB within seconds: straight into its file, because through its API they would take
 * a quarter of an hour. Promise: first a sample goes through the API, and every column that the file then holds is what this
 * loader would have written; otherwise it refuses. Also gives the file the index that its scans by segment lack.
 */
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { viewItem } from '../shared/store/memberships/item.ts'
import type { MembershipStore, MembershipView } from '../shared/store/memberships/memberships.ts'
import { itemSize } from '../test/support/item-size.ts'

const SAMPLE = 100

type Row = {
  readonly pk: string
  readonly sk: string
  readonly item: unknown
  readonly size: number
  readonly hash: string
}

/** Answers how many bytes the items have by DynamoDB's rules. */
export async function loadViews(
  file: string,
  table: string,
  store: MembershipStore,
  rows: number,
  viewOf: (serial: number) => MembershipView,
): Promise<number> {
  const sql = new DatabaseSync(file, { timeout: 10_000 })
  try {
    for (let serial = 0; serial < SAMPLE; serial++) {
      await store.put({ ...viewOf(serial), version: 1 })
      prove(sql, table, rowOf({ ...viewOf(serial), version: 1 }))
    }
    return insert(sql, table, rows, viewOf)
  } finally {
    sql.close()
  }
}

function insert(sql: DatabaseSync, table: string, rows: number, viewOf: (serial: number) => MembershipView): number {
  const put = sql.prepare(
    `INSERT OR REPLACE INTO "${table}" (pk, sk, item_json, item_size, cached_at, hash_prefix) VALUES (?, ?, ?, ?, NULL, ?)`,
  )
  let bytes = 0
  sql.exec('BEGIN')
  for (let serial = 0; serial < rows; serial++) {
    const { pk, sk, item, size, hash } = rowOf(viewOf(serial))
    put.run(pk, sk, JSON.stringify(item), size, hash)
    bytes += size
  }
  sql.exec('COMMIT')
  sql.exec(`CREATE INDEX bench_scan ON "${table}" (hash_prefix, pk, sk)`)
  return bytes
}

function rowOf(view: MembershipView): Row {
  const item = viewItem(view)
  return {
    pk: `S:${view.kpj}`,
    sk: '',
    item,
    size: itemSize(item),
    hash: createHash('md5').update(`Outliers${view.kpj}`).digest('hex').slice(0, 6),
  }
}

function prove(sql: DatabaseSync, table: string, expected: Row): void {
  const found = sql.prepare(`SELECT * FROM "${table}" WHERE pk = ?`).get(expected.pk) as
    | Record<string, unknown>
    | undefined
  const held = found && {
    pk: found.pk,
    sk: found.sk,
    item: JSON.parse(String(found.item_json)),
    size: found.item_size,
    hash: found.hash_prefix,
  }
  if (found?.cached_at === null && isDeepStrictEqual(held, expected)) return
  throw new Error(
    'expected the file to hold what the API wrote in the loader’s own shape, it does not; adapt the loader',
  )
}
