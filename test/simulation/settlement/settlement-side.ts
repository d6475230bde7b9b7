/** The settlement side of a simulated hub: its stores, its three queues with their functions, the bucket's drop folder. Decides nothing. */
import { SETTLEMENTS } from '../../../infra/outboxes.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { accountsRecordedOn } from '../../../shared/store/settlements/settlements.ts'
import type { Queues } from '../consumers.ts'
import type { FunctionEnvironment, Invocation } from '../ports.ts'
import type { Consumer, Queue } from '../queues.ts'
import type { Providers } from './providers.ts'
import { importConsumer, noticeConsumer, settlementConsumer } from './settlement-consumers.ts'
import { clientsOf, openSettlementStores, type SettlementClients, type SettlementStores } from './settlement-stores.ts'

export type SettlementSide = {
  readonly stores: SettlementStores
  readonly providers: Providers
  readonly clientsFor: (invocation: Invocation) => SettlementClients
  readonly recordedOn: (day: BusinessDate) => AsyncIterable<Account>
  /** A file falls into the bucket, whose event goes to queue `import`. */
  readonly drop: (name: string, content: string) => void
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
  const { consume, providers } = noticeConsumer(side)
  open('notice', consume)
  return {
    stores,
    providers,
    clientsFor: (invocation) => clientsOf(around, invocation, stores),
    recordedOn: accountsRecordedOn(stores.settlements),
    drop: (name, content) => {
      stores.files.drop(name, content)
      const object = { key: `drop/${name}`, versionId: `V${name}` }
      ;(queues.import as Queue).send(JSON.stringify({ Records: [{ s3: { object } }] }))
    },
  }
}

/** What the pipe lets through, as infra/outboxes.ts says it. */
function prefixesOf(filter: unknown): readonly string[] {
  const { dynamodb } = filter as { dynamodb: { Keys: { entry: { S: readonly { readonly prefix: string }[] } } } }
  return dynamodb.Keys.entry.S.map(({ prefix }) => prefix)
}
