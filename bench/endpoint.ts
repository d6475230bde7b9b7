/**
 * `npm run bench:endpoint`: the CPU that a channel endpoint spends on a payment, as a ratio to a bare handler that makes the same
 * calls with the same items, through the SDK's own client, to the same far end, and does nothing else.
 *
 * All lie in one process per channel and are played in turn, block by block; medians of blocks. A second bare handler has the
 * endpoint's own client: the difference is what that client saves. Exits 1 past the limit.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { foldView } from '../functions/reconcile-membership/reconcile-membership.ts'
import { makeClientCertificate } from '../local/sandbox/certificate.ts'
import { channelNamed } from '../shared/channels/registry.ts'
import { allocate } from '../shared/domain/allocation.ts'
import { inForce } from '../shared/domain/effective-dated.ts'
import type { Fact } from '../shared/domain/fact.ts'
import { businessDateOf, instant } from '../shared/domain/instant.ts'
import { kpjOf } from '../shared/domain/kpj.ts'
import { addMonths, monthOf } from '../shared/domain/month.ts'
import { quoteOf } from '../shared/domain/quote.ts'
import { RULES } from '../shared/domain/rules.ts'
import { pinOf } from '../shared/protocols/client-certificate.ts'
import { prepareDigestKeys } from '../shared/runtime/digests.ts'
import { contactItem } from '../shared/store/contacts/item.ts'
import { factItem } from '../shared/store/facts/item.ts'
import { viewItem } from '../shared/store/memberships/item.ts'
import type { MembershipView } from '../shared/store/memberships/memberships.ts'
import { participantHash } from '../shared/store/participant-hash.ts'
import { selfPaidKey } from '../shared/store/payment-decisions/item.ts'
import { pay, terms } from '../test/support/facts.ts'
import type { BaselineCall, BaselineScript } from './baseline-calls.ts'
import { built, endpointEnvironment } from './built.ts'
import { CONTESTANTS, type Contestant } from './contestants.ts'
import type { WorkerInput, WorkerResult } from './endpoint-worker.ts'
import type { CannedReply, RecordedCall } from './fake-endpoint.ts'
import { sandboxOf } from './local-endpoint.ts'
import { judge, median, round, tableText } from './report.ts'

const CHANNELS = ['bni', 'alfamart', 'indomaret'] as const
const LIMIT = 1.1
const BLOCKS = 11
const PER_BLOCK = 60
const FACTS = 12
const KPJ = kpjOf('12345678901')
const NIK = '1571010101900001'
const ACCEPTED = /"2002500"|\|00\||"responseCode":"00"/

const now = instant(Date.now())
const bundles = {
  endpoint: (await built('endpoint', 'functions/answer-channel/handler.ts')).file,
  sdk: (await built('sdk', 'bench/baseline-sdk.ts')).file,
  own: (await built('own', 'bench/baseline-own.ts')).file,
}
const rows: (readonly (string | number)[])[] = []
const ratios: { readonly what: string; readonly value: number; readonly limit: number }[] = []
for (const channel of CHANNELS) {
  const { worked, script } = await measured(channel)
  const { protocol } = channelNamed(channel).profile
  const ratioTo = (other: Contestant) =>
    round(median(worked.endpoint.map((micros, i) => micros / (worked[other][i] as number))), 3)
  const micros = CONTESTANTS.map((player) => round(median(worked[player]), 0))
  rows.push([protocol, script.steps.flat().length, ...micros, ratioTo('sdk'), ratioTo('own')])
  ratios.push({ what: `CPU of a payment, ${protocol} endpoint to SDK`, value: ratioTo('sdk'), limit: LIMIT })
}
console.log(`CPU of a payment on an account of ${FACTS} facts, ${BLOCKS} blocks of ${PER_BLOCK} each, in turn\n`)
const head = ['protocol', 'DynamoDB calls', ...CONTESTANTS.map((name) => `${name} us`), 'endpoint/sdk', 'endpoint/own']
console.log(`${tableText(head, rows)}\n`)
console.log('sdk, own: the same calls and no work, through the SDK’s client and through the endpoint’s own\n')
judge(ratios)

async function measured(channel: string): Promise<{ readonly worked: WorkerResult; readonly script: BaselineScript }> {
  const endpoint = started('fake-endpoint.ts', {})
  const { port } = await nextMessage<{ port: number }>(endpoint)
  const worker = started('endpoint-worker.ts', endpointEnvironment(channel, { host: '127.0.0.1', port }))
  try {
    const { hub, partner } = await (await sandboxOf(channel)).makeKeys()
    const certificate = await makeClientCertificate({ commonName: 'bench.example', organization: 'Bench' }, now)
    const { canned, payment } = memberOf(channel, {
      current: hub,
      next: null,
      clientCertificates: [pinOf(certificate)],
    })
    endpoint.send(canned)
    worker.send({
      channel,
      bundles,
      keys: partner,
      certificate,
      payment,
      blocks: BLOCKS,
      perBlock: PER_BLOCK,
    } satisfies WorkerInput)
    // The first fetches secrets and a token; the second makes the calls of any payment.
    await answerOf(worker, 'one')
    await answerOf(endpoint, 'recorded')
    const answer = await answerOf<string>(worker, 'one')
    if (!ACCEPTED.test(answer)) throw new Error(`expected the payment to be accepted, got ${answer}`)
    const script = scriptOf(await answerOf<readonly RecordedCall[]>(endpoint, 'recorded'))
    await answerOf(worker, script)
    return { worked: await answerOf<WorkerResult>(worker, 'measure'), script }
  } finally {
    endpoint.disconnect()
    worker.disconnect()
  }
}

/** What the endpoint saw, in the endpoint's own steps: an account's view, facts and contact are read at once. */
function scriptOf(recorded: readonly RecordedCall[]): BaselineScript {
  const steps: BaselineCall[][] = []
  let record: string | null = null
  for (const call of recorded) {
    const last = steps.at(-1)
    if (call.operation === 'PutRecord') {
      const { Record } = JSON.parse(call.body) as { Record: { Data: string } }
      record = Buffer.from(Record.Data, 'base64').toString('utf8')
    } else if (last && isOfAccount(call) && last.every(isOfAccount)) last.push(call)
    else steps.push([call])
  }
  if (record === null) throw new Error('expected the payment to be kept as evidence, no call came')
  return { steps, record }
}

function isOfAccount({ operation, body }: RecordedCall): boolean {
  return operation !== 'PutItem' && /"(memberships|facts|contacts)"/.test(body)
}

/** A farmer who has paid up to last month, as the tables would hold her, and this month's payment. */
function memberOf(
  channel: string,
  keys: object,
): { readonly canned: CannedReply; readonly payment: WorkerInput['payment'] } {
  const month = monthOf(now)
  const oldest = addMonths(month, 1 - FACTS)
  const months = Array.from({ length: FACTS - 1 }, (_, i) => addMonths(oldest, i))
  const secret = JSON.stringify({ current: 1, keys: { 1: randomBytes(32).toString('base64') } })
  const participant = participantHash(prepareDigestKeys(secret), NIK)
  const facts: readonly Fact[] = [
    { ...terms(oldest), participant },
    ...months.map((paid) => pay(`BENCH-${paid}`, `${paid}-10T09:30`, [paid])),
  ]
  const quote = quoteOf(allocate(facts, RULES), 1, now, RULES, 'member')
  if (quote.outcome === 'refused') throw new Error('expected the member to be payable')
  const contact = { kpj: KPJ, nik: NIK, name: 'BUDI SANTOSO', phone: '+6281234567890', email: '' }
  const maskedNames = [{ from: instant(0), name: 'BU*** SA***' }]
  const fee = channelNamed(channel).profile.adminFee
  return {
    canned: {
      secrets: {
        [`${channel}-keys`]: JSON.stringify(keys),
        'digest-keys': secret,
        'evidence-keys': secret,
      },
      query: JSON.stringify({ Count: facts.length, ScannedCount: facts.length, Items: facts.map(factItem) }),
      items: {
        [`payment-decisions/${selfPaidKey(participant)}`]: wire({
          decision: { S: selfPaidKey(participant) },
          kpj: { S: KPJ },
        }),
        [`memberships/${KPJ}`]: wire(viewItem(foldView(KPJ, facts, undefined, RULES, now) as MembershipView)),
        [`contacts/${KPJ}`]: wire(contactItem({ ...contact, maskedNames })),
      },
    },
    payment: {
      customerId: NIK,
      amountRupiah: quote.amount,
      adminFeeRupiah: fee ? inForce('adminFee', fee, businessDateOf(now)) : 0,
    },
  }
}

function wire(item: Readonly<Record<string, AttributeValue>>): string {
  return JSON.stringify({ Item: item })
}

/** Its log lines go where a machine's would: to a file descriptor that nobody here reads. */
function started(file: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: ['--expose-gc'],
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

function answerOf<T>(child: ChildProcess, message: object | string): Promise<T> {
  child.send(message)
  return nextMessage<T>(child)
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`expected a measuring process to answer, it ended with ${code}`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  return message as T
}
