/**
 * The parts that whoever takes files in may write (a policy is made of them): exactly those that its writes go to, as the store sends
 * them. One less would stop a file or a statement; one more would let foreign bytes reach what people decided.
 */
import { expect, test } from 'vitest'
import type { DynamoClient } from '../../../../shared/store/dynamo/client.ts'
import { dynamoSettlements } from '../../../../shared/store/settlements/dynamodb.ts'
import { BANK_CONFIRMATIONS, INTAKE_PARTS } from '../../../../shared/store/settlements/item.ts'
import type { SettlementStore } from '../../../../shared/store/settlements/settlements.ts'
import { at, date } from '../../../support/facts.ts'

const NOW = at('2026-11-21T06:30')
const DAY = date('2026-11-20')
const FILE = { channel: 'pos', date: DAY, version: 1, state: 'accepted', sha256: 'a', receivedAt: NOW } as never
const BANK_FILE = { sha256: 'b', state: 'chained', gap: 'x', receivedAt: NOW } as never
const LINK = { sequence: 2, files: ['b'], closingSen: 5 } as never

const WRITES: readonly ((store: SettlementStore) => Promise<unknown>)[] = [
  (store) => store.putFileVersion(FILE),
  (store) => store.putBankFile(BANK_FILE),
  (store) => store.askForChaining(BANK_FILE),
  (store) => store.noteDrop('pos', 'v 1'),
  (store) => store.putLink('001', LINK),
  (store) => store.putCredit({ id: 'M 1', bookedOn: DAY } as never),
  (store) => store.confirmByBank({ sha256: 's', by: 'ani', since: NOW, proposal: 1 }, NOW),
]

/** The parts of all items that are put, in a transaction or alone. */
async function partsWritten(): Promise<ReadonlySet<string>> {
  const parts = new Set<string>()
  const client = {
    send: async ({ input }: { readonly input: Record<string, unknown> }) => {
      const changes = (input.TransactItems ?? [{ Put: input }]) as readonly {
        readonly Put?: { readonly Item?: object }
      }[]
      for (const { Put } of changes) {
        const { part } = (Put?.Item ?? {}) as { readonly part?: { readonly S: string } }
        if (part) parts.add(part.S)
      }
      return {}
    },
  } as unknown as DynamoClient
  const store = dynamoSettlements(client, { settlements: 'settlements' } as never)
  for (const write of WRITES) await write(store)
  return parts
}

const fits = (pattern: string, part: string) =>
  pattern.endsWith('*') ? part.startsWith(pattern.slice(0, -1)) : part === pattern

test('every write of an intake goes to one of them, and each of them is written', async () => {
  const written = await partsWritten()
  const allowed: readonly string[] = [...INTAKE_PARTS, BANK_CONFIRMATIONS]
  const patternsOf = (part: string) => allowed.filter((pattern) => fits(pattern, part))
  expect([...written].filter((part) => patternsOf(part).length !== 1)).toEqual([])
  expect(allowed.filter((pattern) => ![...written].some((part) => fits(pattern, part)))).toEqual([])
})
