import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { requestChainVerification } from '../../../../functions/serve-console/operations/audits.ts'
import { readQueueAddresses, sqsQueueAdmin } from '../../../../functions/serve-console/operations/queue-admin.ts'
import { formatUtc } from '../../../../shared/domain/instant.ts'
import { Defect } from '../../../../shared/runtime/faults.ts'
import { at, date, reverse } from '../../../support/facts.ts'
import { consoleOn, KPJ, row } from '../console.ts'

describe('the overview', () => {
  test('counts memberships by what they are today and today’s payments by channel', async () => {
    const hub = consoleOn()
    await hub.importRows(
      row(),
      row({ kpj: '12345678902', nik: '3578011203850002' }),
      row({ kpj: '12345678903', funding: 'village', region_code: '91.01' }),
    )
    const payment = await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
    await hub.pay('P2', '2026-11-20T11:00', ['2026-12'], { source: 'indomaret' })
    await hub.store.facts.put(reverse(payment, '2026-11-20T12:00'))
    await hub.fold()
    const { body } = await hub.call('viewer', 'GET', '/api/overview')
    expect(body).toMatchObject({
      asOf: '2026-11-20T03:00:00.000Z',
      memberships: {
        total: 3,
        creditRupiah: 0,
        byStatus: { unpaid: 2, active: 0, grace: 1, lapsed: 0, closed: 0 },
        byFunding: { self: 2, village: 1 },
        byProvince: [
          { code: '35', name: 'Jawa Timur', total: 2 },
          { code: '91', name: 'Papua', total: 1 },
        ],
      },
      paymentsToday: {
        day: '2026-11-20',
        channels: [
          { channel: 'bni', count: 1, amountRupiah: 8_400, reversedCount: 1, reversedRupiah: 8_400 },
          { channel: 'indomaret', count: 1, amountRupiah: 8_400, reversedCount: 0, reversedRupiah: 0 },
        ],
      },
    })
  })

  test.each([
    ['2026-11-30T23:59', 'active'],
    ['2026-12-01T00:00', 'grace'],
    ['2027-02-28T23:59', 'grace'],
    ['2027-03-01T00:00', 'lapsed'],
  ])('says at %s that who paid through November is %s, though the view is of November', async (now, status) => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
    await hub.fold()
    hub.setClock(now)
    expect((await hub.call('viewer', 'GET', '/api/overview')).body.memberships.byStatus[status]).toBe(1)
  })

  test('counts a reversed bill once, not once more per member', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    const bill = (await hub.call('operator', 'POST', '/api/bills', { kpj: KPJ, months: 1, validUntil: '2026-11-30' }))
      .body
    const payment = await hub.pay('B1', '2026-11-20T10:00', ['2026-11'], { account: bill.billCode })
    await hub.store.facts.put({ ...reverse(payment, '2026-11-20T12:00'), account: bill.billCode })
    await hub.fold()
    const { channels } = (await hub.call('viewer', 'GET', '/api/overview')).body.paymentsToday
    expect(channels[0]).toMatchObject({ channel: 'bni', count: 1, reversedCount: 1, reversedRupiah: 8_400 })
  })
})

describe('repair', () => {
  test('without anything asks for the last three days of every source, and for what those days recorded', async () => {
    const hub = consoleOn()
    expect(await hub.call('operator', 'POST', '/api/repair')).toMatchObject({ status: 202, body: { queued: 24 } })
    const days = ['2026-11-20', '2026-11-19', '2026-11-18']
    const sources = ['bni', 'indomaret', 'finance', 'settlement', 'import', 'console', 'hub']
    expect(hub.swept).toEqual([
      ...sources.flatMap((source) => days.map((day) => ({ task: 'day', source, day }))),
      ...days.map((day) => ({ task: 'recorded', day })),
    ])
  })

  test('of one channel and day asks for just that', async () => {
    const hub = consoleOn()
    expect((await hub.call('operator', 'POST', '/api/repair?channel=bni&day=2026-10-01')).body).toEqual({ queued: 1 })
    expect(hub.swept).toEqual([{ task: 'day', source: 'bni', day: '2026-10-01' }])
  })

  test.each(['channel=gopay', 'day=2026-11-21', 'day=2026-13-01', 'days=3'])('of %s is refused', async (query) => {
    const hub = consoleOn()
    expect(await hub.call('operator', 'POST', `/api/repair?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
    expect(hub.swept).toEqual([])
  })
})

describe('audits of the ledger', () => {
  const line = {
    day: date('2026-11-19'),
    subject: 'bni',
    startedAt: at('2026-11-20T03:30'),
    finishedAt: at('2026-11-20T03:31'),
    looks: 2,
    facts: 2,
    sums: { collected: 16_800, allocated: 8_400, credit: 0, suspense: 0, reversed: 8_400, billed: 0 },
    differences: {},
    samples: [],
  }
  const sample = { difference: 'view-differs' as const, account: '12345678901', fact: '' }

  test('show each part with its verdict, for a week if nothing is said', async () => {
    const hub = consoleOn()
    await hub.audits.put(line)
    await hub.audits.put({ ...line, subject: 'pos', differences: { 'view-differs': 1 }, samples: [sample] })
    const { status, body } = await hub.call('viewer', 'GET', '/api/audits')
    expect([status, body.from, body.to]).toEqual([200, '2026-11-14', '2026-11-20'])
    expect(body.items).toMatchObject([
      { day: '2026-11-19', subject: 'bni', verdict: 'sound', collectedRupiah: 16_800, differences: [] },
      {
        subject: 'pos',
        verdict: 'differs',
        differences: [{ difference: 'view-differs', count: 1 }],
        samples: [sample],
      },
    ])
  })

  test('are asked for by operators: a day of every source, or everything', async () => {
    const hub = consoleOn()
    expect(await hub.call('operator', 'POST', '/api/audits?day=2026-11-19')).toMatchObject({ status: 202 })
    expect(hub.audited).toContainEqual({ task: 'day', source: 'bni', day: '2026-11-19' })
    expect(hub.audited.at(-1)).toEqual({ task: 'recorded', day: '2026-11-19' })
    // Whoever asks whether the money is right also asks whether the record of who decided is.
    expect(hub.audited).toContainEqual({ task: 'chain' })
    expect((await hub.call('operator', 'POST', '/api/audits')).body).toEqual({ queued: 1 })
    expect(hub.audited.at(-1)).toEqual({ task: 'weekly' })
    expect((await hub.call('viewer', 'POST', '/api/audits')).status).toBe(403)
  })

  test('of the chain alone is asked for by one message, and says where its outcome will stand', async () => {
    const hub = consoleOn()
    const asked = await requestChainVerification(hub.ports, hub.ports.now())
    expect(asked).toEqual({ day: '2026-11-20', subject: 'chain', askedAt: hub.ports.now() })
    expect(hub.audited).toEqual([{ task: 'chain' }])
    expect((await hub.call('operator', 'POST', '/api/audits?subject=chain')).body).toEqual({ queued: 1 })
    expect(hub.audited).toEqual([{ task: 'chain' }, { task: 'chain' }])
    expect((await hub.call('viewer', 'POST', '/api/audits?subject=chain')).status).toBe(403)
  })

  test.each([
    ['GET', '/api/audits?from=2026-11-20&to=2026-11-19'],
    ['GET', '/api/audits?from=2026-10-01&to=2026-11-19'],
    ['POST', '/api/audits?day=2026-11-21'],
    ['POST', '/api/audits?days=3'],
    ['POST', '/api/audits?subject=ledger'],
    ['POST', '/api/audits?subject=chain&day=2026-11-19'],
  ])('%s %s is refused', async (method, path) => {
    const hub = consoleOn()
    expect(await hub.call('operator', method, path)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    expect(hub.audited).toEqual([])
  })
})

describe('queues', () => {
  type Queues = Record<string, { Body: string; ReceiptHandle: string }[]>

  /** SQS as far as a desk needs it; `refuses` names bodies that the queue does not take. */
  function fakeSqs(queues: Queues, refuses: readonly string[] = []): SQSClient {
    const messagesOf = (url: string | undefined) => queues[url ?? ''] ?? []
    const send = async (command: { input: object }) => {
      if (command instanceof GetQueueAttributesCommand) {
        return { Attributes: { ApproximateNumberOfMessages: String(messagesOf(command.input.QueueUrl).length) } }
      }
      if (command instanceof ReceiveMessageCommand) {
        return { Messages: messagesOf(command.input.QueueUrl).slice(0, command.input.MaxNumberOfMessages) }
      }
      if (command instanceof SendMessageBatchCommand) {
        const entries = command.input.Entries ?? []
        const taken = entries.filter(({ MessageBody }) => !refuses.includes(MessageBody ?? ''))
        messagesOf(command.input.QueueUrl).push(
          ...taken.map(({ MessageBody = '' }) => ({ Body: MessageBody, ReceiptHandle: MessageBody })),
        )
        return { Successful: taken.map(({ Id }) => ({ Id })) }
      }
      const { QueueUrl, Entries } = command.input as { QueueUrl: string; Entries: { ReceiptHandle: string }[] }
      const gone = new Set(Entries.map(({ ReceiptHandle }) => ReceiptHandle))
      queues[QueueUrl] = messagesOf(QueueUrl).filter(({ ReceiptHandle }) => !gone.has(ReceiptHandle))
      return {}
    }
    return { send } as unknown as SQSClient
  }

  const address = { name: 'reconcile', url: 'main', deadLetterUrl: 'dead' }
  const letters = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ Body: `m${i}`, ReceiptHandle: `m${i}` }))

  test('are listed with what waits and what is parked', async () => {
    const hub = consoleOn({ queues: [sqsQueueAdmin(fakeSqs({ main: letters(2), dead: letters(3) }), address)] })
    expect((await hub.call('viewer', 'GET', '/api/queues')).body).toEqual([
      { name: 'reconcile', visible: 2, inFlight: 0, delayed: 0, deadLetters: 3 },
    ])
  })

  test('are redriven: every dead letter moves back, once', async () => {
    const queues: Queues = { main: [], dead: letters(23) }
    const hub = consoleOn({ queues: [sqsQueueAdmin(fakeSqs(queues), address)] })
    expect((await hub.call('operator', 'POST', '/api/queues/reconcile/redrive')).body).toEqual({ moved: 23 })
    expect(queues.dead).toEqual([])
    expect(queues.main?.map(({ Body }) => Body)).toEqual(letters(23).map(({ Body }) => Body))
    expect(hub.logged.at(-1)).toMatchObject({ fields: { queue: 'reconcile', count: 23 } })
  })

  test('keep the dead letters that the queue did not take', async () => {
    const queues: Queues = { main: [], dead: letters(3) }
    expect(await sqsQueueAdmin(fakeSqs(queues, ['m1']), address).redrive(500)).toBe(2)
    expect(queues.dead?.map(({ Body }) => Body)).toEqual(['m1'])
  })

  test('move no more than the limit', async () => {
    const queues: Queues = { main: [], dead: letters(23) }
    expect(await sqsQueueAdmin(fakeSqs(queues), address).redrive(15)).toBe(15)
    expect(queues.dead).toHaveLength(8)
  })

  test('say why each message was put aside, and nothing of what it holds', async () => {
    const sent = (date: string) => ({ Attributes: { SentTimestamp: String(at(date)) } })
    const dead = [
      {
        ...letters(1)[0],
        MessageId: 'later',
        ...sent('2026-11-20T09:00'),
        MessageAttributes: {
          code: { DataType: 'String', StringValue: 'UNREADABLE' },
          reason: { DataType: 'String', StringValue: 'expected a body that can be read; its reader failed' },
        },
      },
      { ...letters(1)[0], MessageId: 'earlier', ...sent('2026-11-20T08:00') },
    ]
    const queues = { main: [], dead } as unknown as Queues
    const hub = consoleOn({ queues: [sqsQueueAdmin(fakeSqs(queues), address)] })
    const { status, body } = await hub.call('viewer', 'GET', '/api/queues/reconcile/dead-letters')
    expect([status, body.items]).toEqual([
      200,
      [
        { messageId: 'earlier', code: null, reason: null, sentAt: '2026-11-20T01:00:00.000Z' },
        {
          messageId: 'later',
          code: 'UNREADABLE',
          reason: 'expected a body that can be read; its reader failed',
          sentAt: '2026-11-20T02:00:00.000Z',
        },
      ],
    ])
    expect(queues.dead).toHaveLength(2)
    expect((await hub.call('viewer', 'GET', '/api/queues/other/dead-letters')).body.code).toBe('UNKNOWN_QUEUE')
  })

  test('that do not exist cannot be redriven', async () => {
    expect(await consoleOn().call('operator', 'POST', '/api/queues/other/redrive')).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_QUEUE' },
    })
  })

  test('are read from the environment, or named as its defect', () => {
    expect(readQueueAddresses(JSON.stringify([address]))).toEqual([address])
    for (const wrong of ['', '{}', '[{"name":"x"}]']) expect(() => readQueueAddresses(wrong)).toThrow(Defect)
  })
})

describe('schedules', () => {
  const NIGHTLY = { purpose: 'nightly', zone: null, segments: 1 } as const
  const COUNTS = { rows: 7, unreadable: 0, transitions: 0, accounts: 0, notices: 0, parts: 1 }

  async function schedulesAt(now: string, began: string | null) {
    const hub = consoleOn({ now })
    if (began !== null) {
      const startedAt = at(began)
      await hub.statistics.putResult({ ...NIGHTLY, ...COUNTS, startedAt, finishedAt: startedAt })
    }
    const { body } = await hub.call('viewer', 'GET', '/api/schedules')
    return (body.items as readonly Record<string, unknown>[]).find(({ schedule }) => schedule === 'nightly')
  }

  test.each([
    ['ran tonight', '2026-11-20T10:00', '2026-11-20T00:10', false],
    ['ran last night only', '2026-11-20T10:00', '2026-11-19T00:10', true],
    ['ran last night, and tonight’s may still run', '2026-11-20T02:00', '2026-11-19T00:10', false],
    ['ran last night, and its turn is not there yet', '2026-11-20T00:05', '2026-11-19T00:10', false],
  ])('one that %s', async (_, now, began, isLate) => {
    expect(await schedulesAt(now, began)).toMatchObject({ isLate, looks: 7, startedAt: formatUtc(at(began)) })
  })

  test('one that never ran is late where others ran before its turn, and not on a hub that is younger than it', async () => {
    expect(await schedulesAt('2026-11-20T10:00', null)).toMatchObject({ isLate: false, startedAt: null, looks: 0 })
    const hub = consoleOn({ now: '2026-11-20T10:00' })
    const startedAt = at('2026-11-19T08:05')
    await hub.statistics.putResult({
      ...COUNTS,
      purpose: 'notices',
      zone: 'WIB',
      segments: 1,
      startedAt,
      finishedAt: startedAt,
    })
    const { body } = await hub.call('viewer', 'GET', '/api/schedules')
    const late = (
      body.items as readonly { readonly schedule: string; readonly zone: string | null; readonly isLate: boolean }[]
    )
      .filter(({ isLate }) => isLate)
      .map(({ schedule, zone }) => [schedule, zone])
    expect(late).toEqual([
      ['nightly', null],
      ['notices', 'WIT'],
      ['notices', 'WITA'],
      ['audit-nightly', null],
    ])
  })

  test('weekly ones are due on Sundays, and the lines of an audit stand for its run', async () => {
    const hub = consoleOn({ now: '2026-11-20T10:00' })
    const { body } = await hub.call('viewer', 'GET', '/api/schedules')
    expect(body.items.map(({ schedule, zone }: Record<string, unknown>) => [schedule, zone])).toEqual([
      ['nightly', null],
      ['weekly', null],
      ['notices', 'WIT'],
      ['notices', 'WITA'],
      ['notices', 'WIB'],
      ['audit-nightly', null],
      ['audit-weekly', null],
    ])
    const startedAt = at('2026-11-15T01:10')
    const run = { ...NIGHTLY, ...COUNTS, purpose: 'weekly', startedAt, finishedAt: startedAt } as const
    await hub.statistics.putResult(run)
    const again = await hub.call('viewer', 'GET', '/api/schedules')
    expect(again.body.items[1]).toMatchObject({ schedule: 'weekly', isLate: false })
    hub.setClock('2026-11-22T10:00')
    const later = await hub.call('viewer', 'GET', '/api/schedules')
    expect(later.body.items[1]).toMatchObject({ schedule: 'weekly', isLate: true })
  })
})
