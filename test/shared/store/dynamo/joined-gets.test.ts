/** Reads of one moment in one call: each gets what a read of its own would have got, in success and in failure. */
import { BatchGetItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import type { DynamoClient } from '../../../../shared/store/dynamo/client.ts'
import { joinedGets } from '../../../../shared/store/dynamo/joined-gets.ts'

type Sent = { readonly name: string; readonly input: object }

/** A table service that notes what it is sent. */
function serviceOf(answer: (command: Sent) => unknown) {
  const sent: Sent[] = []
  const send = async (command: { readonly input: object; readonly constructor: { readonly name: string } }) => {
    const call = { name: command.constructor.name, input: command.input }
    sent.push(call)
    return answer(call)
  }
  return { sent, client: joinedGets({ send } as unknown as DynamoClient) }
}

const get = (table: string, key: Readonly<Record<string, { readonly S: string }>>, others: object = {}) =>
  new GetItemCommand({ TableName: table, Key: { ...key }, ConsistentRead: true, ...others })
const contact = (kpj: string) => get('contacts', { kpj: { S: kpj } })
const itemOf = (kpj: string) => ({ kpj: { S: kpj }, name: { S: `name of ${kpj}` } })

describe('two reads of one moment', () => {
  test('are one consistent call, over tables, and each gets its own item or none', async () => {
    const { sent, client } = serviceOf(() => ({ Responses: { contacts: [itemOf('2')], facts: [] } }))
    const fact = { account: { S: 'A' }, fact: { S: 'F' } }
    const answers = await Promise.all([contact('1'), contact('2'), get('facts', fact)].map((one) => client.send(one)))
    expect(answers).toEqual([{}, { Item: itemOf('2') }, {}])
    expect(sent).toEqual([
      {
        name: BatchGetItemCommand.name,
        input: {
          RequestItems: {
            contacts: { Keys: [{ kpj: { S: '1' } }, { kpj: { S: '2' } }], ConsistentRead: true },
            facts: { Keys: [fact], ConsistentRead: true },
          },
        },
      },
    ])
  })

  test('of one key are asked for once and answered twice', async () => {
    const { sent, client } = serviceOf(() => ({ Responses: { contacts: [itemOf('1')] } }))
    const answers = await Promise.all([client.send(contact('1')), client.send(contact('1'))])
    expect(answers).toEqual([{ Item: itemOf('1') }, { Item: itemOf('1') }])
    expect(sent[0]?.input).toEqual({
      RequestItems: { contacts: { Keys: [{ kpj: { S: '1' } }], ConsistentRead: true } },
    })
  })

  test('are joined also where each was reached through promises of its own', async () => {
    const { sent, client } = serviceOf(() => ({ Responses: { contacts: [] } }))
    const later = async (deep: number, kpj: string): Promise<unknown> =>
      deep === 0 ? client.send(contact(kpj)) : Promise.resolve().then(() => later(deep - 1, kpj))
    await Promise.all([later(0, '1'), later(7, '2')])
    expect(sent.map(({ name }) => name)).toEqual([BatchGetItemCommand.name])
  })

  test('what the batch leaves out is read by itself', async () => {
    const { sent, client } = serviceOf(({ name }) =>
      name === GetItemCommand.name
        ? { Item: itemOf('2') }
        : { Responses: { contacts: [itemOf('1')] }, UnprocessedKeys: { contacts: { Keys: [{ kpj: { S: '2' } }] } } },
    )
    const answers = await Promise.all([client.send(contact('1')), client.send(contact('2'))])
    expect(answers).toEqual([{ Item: itemOf('1') }, { Item: itemOf('2') }])
    expect(sent[1]).toEqual({ name: GetItemCommand.name, input: contact('2').input })
  })

  test('fail together, each with the error of the call', async () => {
    const error = new Error('refused')
    const { client } = serviceOf(() => {
      throw error
    })
    const settled = await Promise.allSettled([client.send(contact('1')), client.send(contact('2'))])
    expect(settled).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ])
  })

  test('more than a call takes are several calls', async () => {
    const { sent, client } = serviceOf(({ input }) => {
      const { contacts } = (input as { RequestItems: Record<string, { Keys: { kpj: { S: string } }[] }> }).RequestItems
      return { Responses: { contacts: (contacts?.Keys ?? []).map(({ kpj }) => itemOf(kpj.S)) } }
    })
    const kpjs = Array.from({ length: 130 }, (_, i) => String(i))
    const answers = await Promise.all(kpjs.map((kpj) => client.send(contact(kpj))))
    expect(answers).toEqual(kpjs.map((kpj) => ({ Item: itemOf(kpj) })))
    expect(sent).toHaveLength(2)
  })
})

describe('goes through as it is:', () => {
  test('a read alone, and the next moment’s', async () => {
    const { sent, client } = serviceOf(() => ({ Item: itemOf('1'), $metadata: {} }))
    expect(await client.send(contact('1'))).toEqual({ Item: itemOf('1') })
    expect(await client.send(contact('1'))).toEqual({ Item: itemOf('1') })
    expect(sent.map(({ name }) => name)).toEqual([GetItemCommand.name, GetItemCommand.name])
  })

  test.each([
    ['one that need not be consistent', () => get('contacts', { kpj: { S: '1' } }, { ConsistentRead: false })],
    ['one of some attributes', () => get('contacts', { kpj: { S: '1' } }, { ProjectionExpression: 'nik' })],
    ['a write', () => new PutItemCommand({ TableName: 'contacts', Item: itemOf('1') })],
  ])('%s, twice', async (_, command) => {
    const { sent, client } = serviceOf(() => ({ Item: itemOf('1') }))
    await Promise.all([client.send(command() as GetItemCommand), client.send(command() as GetItemCommand)])
    expect(sent.map(({ input }) => input)).toEqual([command().input, command().input])
  })
})
