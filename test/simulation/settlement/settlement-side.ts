/** The settlement side of a simulated hub: its stores, its two queues with their functions, the bucket's drop folder. Decides nothing. */
import { SETTLEMENTS } from '../../../infra/outboxes.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { accountsRecordedOn } from '../../../shared/store/settlements/settlements.ts'
import type { Queues } from '../consumers.ts'
import type { FunctionEnvironment, Invocation } from '../ports.ts'
import type { Consumer, Queue } from '../queues.ts'
import { importConsumer, settlementConsumer } from './settlement-consumers.ts'
import { clientsOf, openSettlementStores, type SettlementClients, type SettlementStores } from './settlement-stores.ts'

export type SettlementSide = {
  readonly stores: SettlementStores
  readonly clientsFor: (invocation: Invocation) => SettlementClients
  readonly recordedOn: (day: BusinessDate) => AsyncIterable<Account>
  /** A file falls into the bucket, whose event goes to queue `import`. The same version again is the same event twice. */
  readonly drop: (dropped: { readonly name: string; readonly version: string; readonly content: string }) => void
}

type Opening = {
  readonly around: FunctionEnvironment
  readonly queues: Queues
  readonly open: (name: keyof Queues, consumer: Consumer) => void
  /** The pipe of table `settlements`. */
  readonly announce: (to: 'settlement', body: string) => void
}

const ANNOUNCED = prefixesOf(SETTLEMENTS.filter)

export function openSettlementSide({ around, queues, open, announce }: Opening): SettlementSide {
  const stores = openSettlementStores((part, entry) => {
    if (ANNOUNCED.some((prefix) => entry.startsWith(prefix))) announce('settlement', JSON.stringify({ part, entry }))
  })
  const side = { around, stores, queues }
  open('settlement', settlementConsumer(side))
  open('import', importConsumer(side))
  return {
    stores,
    clientsFor: (invocation) => clientsOf(around, invocation, stores),
    recordedOn: accountsRecordedOn(stores.settlements),
    drop: ({ name, version, content }) => {
      stores.files.drop(name, content, version)
      const object = { key: `drop/${name}`, versionId: version }
      ;(queues.import as Queue).send(JSON.stringify({ Records: [{ s3: { object } }] }))
    },
  }
}

/** What the pipe lets through, as infra/outboxes.ts says it. */
function prefixesOf(filter: unknown): readonly string[] {
  const { dynamodb } = filter as { dynamodb: { Keys: { entry: { S: readonly { readonly prefix: string }[] } } } }
  return dynamodb.Keys.entry.S.map(({ prefix }) => prefix)
}
