/**
 * A day at the operations desk: a file with every kind of bad row, who may see and do what, a message that nobody can read,
 * a view that went missing. And the fence around each function: what its role does not allow, the hub at home refuses too.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Hub, startHub } from '../../local/hub.ts'
import { metAt, type Role, type TestHub } from '../support/hub.ts'
import { importFile, person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

const CLOCK = '2026-11-20T10:00:00+07:00'
let inside: Hub
let hub: TestHub
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hub-journey-'))
  inside = await startHub({
    port: 0,
    dataDir: folder,
    clock: Date.parse(CLOCK),
    isolates: 'strict',
    say: () => undefined,
  })
  hub = metAt(inside.url, folder, CLOCK)
}, 180_000)
afterAll(async () => {
  await inside?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** An AWS client that is, to the proxy, this function. */
function callingAs(functionFolder: string) {
  const arn = inside.assembly.functions.find(({ name }) => name.endsWith(functionFolder))?.arn
  const credentials = inside.identities.find(({ functionArn }) => functionArn === arn)
  if (credentials === undefined) throw new Error(`expected a function called ${functionFolder}`)
  const options = {
    endpoint: `http://127.0.0.1:${inside.proxyPort}`,
    region: 'ap-southeast-3',
    credentials,
    maxAttempts: 1,
  }
  return { dynamo: new DynamoDBClient(options), sqs: new SQSClient(options) }
}
const table = (name: string) => inside.assembly.tables.find((each) => each.name.endsWith(`-${name}`))?.name ?? ''
const queueUrl = (name: string) =>
  `http://127.0.0.1:${inside.proxyPort}/000000000000/${inside.assembly.queues.find((each) => each.name.endsWith(`-${name}`))?.name}`
const anything = {
  account: { S: 'x' },
  kpj: { S: 'x' },
  id: { S: 'x' },
  fact: { S: 'x' },
  pk: { S: 'x' },
  sk: { S: 'x' },
}

test('an import takes the good rows, names what is wrong with each bad one, and is a no-op the second time', async () => {
  const good = person()
  const twin = person({ nik: good.nik })
  const sponsoredTwin = person({ nik: good.nik, funding: 'csr' })
  const bad = [
    person({ kpj: '123' }),
    person({ nik: '9971011205900001' }),
    person({ nik: '1571013005900001'.replace('30', '32') }),
    person({ nik: '1571011205900000' }),
    person({ name: '=HYPERLINK()' }),
    person({ region_code: '99.01.01.1001' }),
    person({ sector: 'mining' }),
    person({ funding: 'lottery' }),
    person({ programs: 'JHT' }),
    person({ income: '1.000.000' }),
    person({ phone: '12' }),
    person({ registered_on: '2026-13-01' }),
    person({ registered_on: '2027-01-01' }),
  ]
  const file = importFile([good, ...bad, twin, sponsoredTwin])
  const first = await hub.api('operator', 'POST', '/api/memberships/import', file)
  expect(first.status).toBe(200)
  expect(first.body).toMatchObject({ accepted: 2, unchanged: 0 })
  expect(first.body.refused.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`)).toEqual([
    '3 BAD_KPJ',
    '4 BAD_NIK',
    '5 BAD_NIK',
    '6 BAD_NIK',
    '7 BAD_NAME',
    '8 BAD_REGION',
    '9 BAD_SECTOR',
    '10 BAD_FUNDING',
    '11 BAD_PROGRAMS',
    '12 BAD_INCOME',
    '13 BAD_PHONE',
    '14 BAD_DATE',
    '15 BAD_DATE',
    '16 NIK_ALREADY_SELF_PAID',
  ])
  for (const { reason } of first.body.refused) expect(reason).not.toContain(good.nik)
  const second = await hub.api('operator', 'POST', '/api/memberships/import', file)
  expect(second.body).toMatchObject({ accepted: 0, unchanged: 2, refused: first.body.refused })
  await hub.untilQuiet()
  const { body } = await hub.api('support', 'GET', `/api/participants/${good.nik}`)
  expect(body.memberships.map(({ kpj }: { kpj: string }) => kpj)).toEqual([good.kpj, sponsoredTwin.kpj].sort())
  const shuffled = await hub.api('operator', 'POST', '/api/memberships/import', file.replace('kpj,nik', 'nik,kpj'))
  expect(shuffled).toMatchObject({ status: 400, body: { code: 'LAYOUT_CHANGED' } })
})

describe('roles', () => {
  const read = { viewer: 200, support: 200, operator: 200, approver: 200, admin: 200 }
  const operate = { viewer: 403, support: 403, operator: 200, approver: 200, admin: 200 }
  const approve = { viewer: 403, support: 403, operator: 403, approver: 404, admin: 404 }
  const administer = { viewer: 403, support: 403, operator: 403, approver: 403, admin: 200 }
  test.each([
    ['GET', '/api/overview', undefined, read],
    ['GET', '/api/queues', undefined, read],
    ['POST', '/api/memberships/import', importFile([]), operate],
    ['POST', '/api/queues/reconcile/redrive', undefined, operate],
    ['POST', '/api/memberships/00000000000/closure', { reason: 'x', on: '2026-11-20' }, { ...administer, admin: 404 }],
    ['POST', '/api/memberships/00000000000/reopening', { reason: 'x' }, { ...administer, admin: 404 }],
    ['POST', '/api/memberships/00000000000/closure/approval', { decision: 'approve' }, approve],
    ['POST', '/api/memberships/00000000000/reopening/approval', { decision: 'approve' }, approve],
  ])('%s %s', async (method, to, body, expected) => {
    for (const [role, status] of Object.entries(expected)) {
      expect([role, (await hub.api(role as Role, method, to, body)).status]).toEqual([role, status])
    }
    expect((await hub.api(null, method, to, body)).status).toBe(401)
  })

  test('only support and admin see a person in full', async () => {
    const { nik, name, phone, kpj, row } = person()
    await register(hub, { nik, name, phone, kpj, row })
    await hub.untilQuiet()
    for (const to of [`/api/memberships/${kpj}`, `/api/participants/${nik}`]) {
      for (const role of ['viewer', 'operator', 'approver'] as const) {
        const { text } = await hub.api(role, 'GET', to)
        expect(text).toContain(kpj)
        for (const secret of [nik, name, phone.slice(1)]) expect(text).not.toContain(secret)
      }
      for (const role of ['support', 'admin'] as const) {
        const { text } = await hub.api(role, 'GET', to)
        for (const shown of [nik, name, phone.slice(1)]) expect(text).toContain(shown)
      }
    }
  })

  test('health needs no token, and a token of somebody else opens nothing', async () => {
    expect((await hub.api(null, 'GET', '/healthz')).status).toBe(200)
    const [head, , signature] = (hub.sandbox('operators').admin ?? '').split('.')
    const forged = `${head}.${Buffer.from('{"cognito:groups":["admin"]}').toString('base64url')}.${signature}`
    const reply = await fetch(`${hub.url}/api/overview`, { headers: { authorization: `Bearer ${forged}` } })
    expect(reply.status).toBe(401)
  })

  test('what the console does not offer is a problem with a code', async () => {
    expect(await hub.api('viewer', 'GET', '/api/nothing')).toMatchObject({ status: 404 })
    const unknown = await hub.api('viewer', 'GET', '/api/memberships/00000000000')
    expect(unknown).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MEMBERSHIP', status: 404 } })
    expect(unknown.headers.get('content-type')).toContain('application/problem+json')
    expect((await hub.api(null, 'GET', '/api/openapi.json')).body.openapi).toMatch(/^3\.1/)
  })
})

test('a message that nobody can read is parked with its reason, counted, and moved back when it is redriven', async () => {
  const { sqs } = callingAs('sweep-memberships')
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('reconcile'), MessageBody: '{"acount":"misspelt"}' }))
  await hub.untilQuiet()
  const depth = async () => {
    const { body } = await hub.api('viewer', 'GET', '/api/queues')
    return body.find(({ name }: { name: string }) => name === 'reconcile')
  }
  expect(await depth()).toMatchObject({ visible: 0, inFlight: 0, deadLetters: 1 })
  const redriven = await hub.api('operator', 'POST', '/api/queues/reconcile/redrive')
  expect(redriven).toMatchObject({ status: 200, body: { moved: 1 } })
  await hub.untilQuiet()
  expect(await depth()).toMatchObject({ deadLetters: 1 })
  const why = await hub.api('viewer', 'GET', '/api/queues/reconcile/dead-letters')
  expect(why.body.items).toMatchObject([{ code: 'UNREADABLE', reason: expect.stringContaining('account') }])
  expect(why.text).not.toContain('misspelt')

  const console_ = callingAs('serve-console')
  const { Messages = [] } = await console_.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl('reconcile-dead'),
      MessageAttributeNames: ['All'],
      // The look before hides it for three seconds.
      WaitTimeSeconds: 5,
    }),
  )
  const attributes = Messages[0]?.MessageAttributes ?? {}
  expect(attributes.code?.StringValue).toBe('UNREADABLE')
  expect(attributes.reason?.StringValue).toContain('account')
  expect((await hub.api('operator', 'POST', '/api/queues/nothing/redrive')).status).toBe(404)
})

test('a view that was lost is made again from the facts by a repair of that day', async () => {
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'brilink')
  expect((await terminal.pay({ id: 'repair-1', customer: farmer.nik, amount: 8_400 })).code).toBe('2002500')
  await hub.untilQuiet()
  const straight = new DynamoDBClient({
    endpoint: inside.dynamoEndpoint,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'hub', secretAccessKey: 'hub' },
  })
  const TableName = table('memberships')
  const { Items = [] } = await straight.send(new ScanCommand({ TableName }))
  const item = Items.find((each) => Object.values(each).some(({ S }) => S === farmer.kpj)) ?? {}
  const keyName = Object.keys(item).find((name) => item[name]?.S === farmer.kpj) ?? ''
  const Key = { [keyName]: { S: farmer.kpj } }
  await straight.send(new DeleteItemCommand({ TableName, Key }))
  const lost = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}`)
  expect(lost.body).toMatchObject({ status: 'active', view: null })

  const repair = await hub.api('operator', 'POST', '/api/repair?channel=brilink&day=2026-11-20')
  expect(repair.status).toBe(202)
  await hub.untilQuiet()
  const mended = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}`)
  expect(mended.body.view).toMatchObject({ status: 'active', paidThrough: '2026-11' })
  expect((await hub.api('operator', 'POST', '/api/repair?channel=nobody')).status).toBe(400)
  expect((await hub.api('viewer', 'POST', '/api/repair')).status).toBe(403)
  straight.destroy()
})

test('an audit on demand proves the day, and names what somebody put past the hub', async () => {
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'brilink')
  expect((await terminal.pay({ id: 'audit-1', customer: farmer.nik, amount: 8_400 })).code).toBe('2002500')
  await hub.untilQuiet()
  const linesOf = async (day: string) => {
    await hub.untilQuiet()
    return (await hub.api('viewer', 'GET', `/api/audits?from=${day}&to=${day}`)).body.items
  }
  expect((await hub.api('operator', 'POST', '/api/audits?day=2026-11-20')).status).toBe(202)
  const lines = await linesOf('2026-11-20')
  expect(lines.filter(({ verdict }: { verdict: string }) => verdict !== 'sound')).toEqual([])
  expect(lines.map(({ subject }: { subject: string }) => subject)).toEqual(
    expect.arrayContaining(['brilink', 'bni', 'finance', 'recorded']),
  )
  const paid = lines.find(({ subject }: { subject: string }) => subject === 'brilink')
  expect(paid.collectedRupiah).toBeGreaterThan(0)
  expect(paid.allocatedRupiah + paid.creditRupiah + paid.reversedRupiah).toBe(paid.collectedRupiah)

  const straight = new DynamoDBClient({
    endpoint: inside.dynamoEndpoint,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'hub', secretAccessKey: 'hub' },
  })
  const { Items = [] } = await straight.send(new ScanCommand({ TableName: table('facts') }))
  const payment = Items.find(({ fact }) => fact?.S === 'payment#brilink#audit-1') ?? {}
  const forged = { ...payment, fact: { S: 'payment#brilink#forged' } }
  await straight.send(new PutItemCommand({ TableName: table('facts'), Item: forged }))
  straight.destroy()
  expect((await hub.api('operator', 'POST', '/api/audits')).status).toBe(202)
  const found = (await linesOf('2026-11-20')).flatMap(({ samples }: { samples: unknown[] }) => samples)
  expect(found).toContainEqual({
    difference: 'fact-without-decision',
    account: farmer.kpj,
    fact: 'payment#brilink#forged',
  })
})

describe('least privilege', () => {
  const denied = { name: 'AccessDeniedException' }

  test('an endpoint may write its decisions and facts, and neither views nor other tables', async () => {
    const { dynamo, sqs } = callingAs('answer-channel-pos')
    const put = (name: string) => dynamo.send(new PutItemCommand({ TableName: table(name), Item: anything }))
    await expect(put('memberships')).rejects.toMatchObject(denied)
    await expect(put('contacts')).rejects.toMatchObject(denied)
    await expect(dynamo.send(new ScanCommand({ TableName: table('contacts') }))).rejects.toMatchObject(denied)
    await expect(
      dynamo.send(new DeleteItemCommand({ TableName: table('facts'), Key: { account: { S: 'x' } } })),
    ).rejects.toMatchObject(denied)
    const message = { QueueUrl: queueUrl('reconcile'), MessageBody: '{}' }
    await expect(sqs.send(new SendMessageCommand(message))).rejects.toMatchObject(denied)
  })

  test('the fold may write views, and neither facts, decisions nor contacts', async () => {
    const { dynamo } = callingAs('reconcile-membership')
    for (const name of ['payment-decisions', 'contacts']) {
      await expect(dynamo.send(new PutItemCommand({ TableName: table(name), Item: anything }))).rejects.toMatchObject(
        denied,
      )
      await expect(
        dynamo.send(new GetItemCommand({ TableName: table(name), Key: { kpj: { S: 'x' } } })),
      ).rejects.toMatchObject(denied)
    }
    await expect(
      dynamo.send(new DeleteItemCommand({ TableName: table('facts'), Key: { account: { S: 'x' } } })),
    ).rejects.toMatchObject(denied)
  })

  test('an endpoint reads the keys of its own channel only', async () => {
    const arn = inside.assembly.functions.find(({ name }) => name.endsWith('answer-channel-pos'))?.arn
    const token = inside.identities.find(({ functionArn }) => functionArn === arn)?.sessionToken ?? ''
    const ask = async (secret: string) => {
      const url = `http://127.0.0.1:${inside.proxyPort}/secretsmanager/get?secretId=${encodeURIComponent(secret)}`
      return (await fetch(url, { headers: { 'X-Aws-Parameters-Secrets-Token': token } })).status
    }
    const name = (short: string) => inside.assembly.secrets.find((each) => each.name.endsWith(`/${short}`))?.name ?? ''
    expect(await ask(name('pos'))).toBe(200)
    expect(await ask(name('bni'))).toBe(400)
    expect(await ask('hub/nothing')).toBe(400)
  })
})
