/**
 * A DynamoDB client that gives no more than the service has promised: whoever reads well notices nothing.
 *
 * - A read that does not ask for consistency may see nothing of what was written: here it never does. (Indexes and scans are
 *   read after a moment in any case, and are left alone.)
 * - A page may end after any item: here each has one.
 * - A batch may be answered in part: here each leaves out a third.
 */
import type { ClosableDynamoClient } from '../../shared/store/dynamo/client.ts'

type Input = {
  readonly ConsistentRead?: boolean
  readonly IndexName?: string
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys: readonly object[]; readonly ConsistentRead?: boolean }>
  >
}
type Sendable = { readonly constructor: { readonly name: string }; input: Input }

export function grudging(client: ClosableDynamoClient): ClosableDynamoClient {
  const send = async (given: unknown): Promise<unknown> => {
    const command = given as Sendable
    const { input } = command
    const pass = () => client.send(given as never)
    switch (command.constructor.name) {
      case 'GetItemCommand':
        return input.ConsistentRead ? pass() : {}
      case 'QueryCommand':
        if (!input.ConsistentRead && input.IndexName === undefined) return { Items: [] }
        command.input = { ...input, Limit: 1 } as Input
        return pass()
      case 'ScanCommand':
        command.input = { ...input, Limit: 1 } as Input
        return pass()
      case 'BatchGetItemCommand':
        return twoThirds(command, pass)
      default:
        return pass()
    }
  }
  return { destroy: client.destroy, send: send as ClosableDynamoClient['send'] }
}

async function twoThirds(command: Sendable, pass: () => Promise<unknown>): Promise<unknown> {
  const tables = Object.entries(command.input.RequestItems ?? {})
  if (tables.some(([, { ConsistentRead }]) => !ConsistentRead)) return { Responses: {} }
  const cut = tables.map(([table, request]) => {
    const first = Math.ceil((request.Keys.length * 2) / 3)
    return { table, now: { ...request, Keys: request.Keys.slice(0, first) }, later: request.Keys.slice(first) }
  })
  command.input = { RequestItems: Object.fromEntries(cut.map(({ table, now }) => [table, now])) }
  const answer = (await pass()) as object
  const left = cut.filter(({ later }) => later.length > 0)
  return { ...answer, UnprocessedKeys: Object.fromEntries(left.map(({ table, later }) => [table, { Keys: later }])) }
}
