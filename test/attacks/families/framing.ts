/**
 * HTTP that two readers might cut in different places: lengths and chunks that disagree, broken headers, a request hidden in the
 * body of another, and bodies that come slowly or never end. Refused below the protocols, with one answer or none.
 */
import type { Arena, Attack, Family } from '../attack.ts'
import { drafted, lineOf } from '../attack.ts'
import { hubBody, newId, pipeDrafts, SHOPS, type ShopName } from '../drafts.ts'
import { type Draft, sendBytes, sendDraft, withBody, withHeader, writeDraft } from '../wire.ts'

type Row = readonly [name: string, expected: readonly string[], spoil: (draft: Draft) => Draft]

const BROKEN_HTTP = ['400', 'cut']
const LENGTHS: readonly Row[] = [
  [
    'length and chunks',
    BROKEN_HTTP,
    (draft) => smuggling(draft, ['Content-Length', String(draft.body.length)], ['Transfer-Encoding', 'chunked']),
  ],
  [
    'two lengths',
    BROKEN_HTTP,
    (draft) => smuggling(draft, ['Content-Length', '5'], ['Content-Length', String(draft.body.length)]),
  ],
  ['two lengths in one', BROKEN_HTTP, (draft) => smuggling(draft, ['Content-Length', `${draft.body.length}, 5`])],
  ['a length with a plus', BROKEN_HTTP, (draft) => smuggling(draft, ['Content-Length', `+${draft.body.length}`])],
  ['a negative length', BROKEN_HTTP, (draft) => smuggling(draft, ['Content-Length', '-1'])],
  ['a length in hex', BROKEN_HTTP, (draft) => smuggling(draft, ['Content-Length', '0x10'])],
  ['an encoding of nobody', [...BROKEN_HTTP, '501'], (draft) => smuggling(draft, ['Transfer-Encoding', 'xchunked'])],
  ['chunks twice', [...BROKEN_HTTP, '501'], (draft) => smuggling(draft, ['Transfer-Encoding', 'chunked, identity'])],
  ['a chunk of negative size', BROKEN_HTTP, (draft) => chunks(draft, '-5\r\nhello\r\n0\r\n\r\n')],
  [
    'a chunk of a size that runs over',
    [...BROKEN_HTTP, '413'],
    (draft) => chunks(draft, 'fffffffffffffffff\r\nx\r\n0\r\n\r\n'),
  ],
  ['a chunk whose size is no number', BROKEN_HTTP, (draft) => chunks(draft, 'zz\r\nx\r\n0\r\n\r\n')],
  ['a header with a space before its colon', BROKEN_HTTP, (draft) => smuggling(draft, ['Content-Length ', '5'])],
  ['a header on two lines', BROKEN_HTTP, (draft) => smuggling(draft, ['X-A', 'b\r\n c'])],
  ['a NUL in a header', BROKEN_HTTP, (draft) => smuggling(draft, ['X-A', 'b\0c'])],
  ['a header without a name', BROKEN_HTTP, (draft) => smuggling(draft, ['', 'b'])],
]

export const framing: Family = {
  name: 'HTTP framing',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    return { victims, attacks: SHOPS.flatMap((channel) => attacksOn(arena, channel, customer)) }
  },
}

function attacksOn(arena: Arena, channel: ShopName, customer: string): readonly Attack[] {
  const { draft } = pipeDrafts(arena, channel)
  const payment = () => draft('payment', hubBody.payment(arena, { id: newId(), customer }))
  const inquiry = () => draft('inquiry', hubBody.inquiry(arena, { id: newId(), customer }))
  const attack = (name: string, expected: readonly string[], sent: Draft) =>
    drafted(arena, { channel, name, expected, draft: sent })
  return [
    ...LENGTHS.map(([name, expected, spoil]) => attack(name, expected, spoil(payment()))),
    attack('control: chunks', ['200 00'], chunks(inquiry())),
    smuggled(arena, channel, payment(), inquiry()),
    ...slow(arena, channel, inquiry()),
  ]
}

/** A body that arrives piece by piece is read to its end; one that ends early is nothing. */
function slow(arena: Arena, channel: ShopName, inquiry: Draft): readonly Attack[] {
  const half = withHeader(inquiry, 'Content-Length', String(inquiry.body.length + 10))
  const name = 'a body that is shorter than it says'
  const strike = async () => lineOf(await sendBytes(arena.base, writeDraft(arena.base, half), { limitMillis: 700 }), '')
  return [
    drafted(arena, {
      channel,
      name: 'control: a body that trickles',
      expected: ['200 00'],
      draft: inquiry,
      pace: { pieces: 20, pauseMillis: 40 },
    }),
    { channel, name, expected: ['cut', '400', '408'], strike },
  ]
}

/** A second request hidden in the body of the first, for a reader that believes the other header. */
function smuggled(arena: Arena, channel: ShopName, payment: Draft, inquiry: Draft): Attack {
  const inner = writeDraft(arena.base, inquiry)
  const outer = smuggling(withBody(payment, Buffer.concat([Buffer.from('0\r\n\r\n'), inner])), [
    'Transfer-Encoding',
    'chunked',
  ])
  const both = { ...outer, headers: [...outer.headers, ['Content-Length', String(outer.body.length)] as const] }
  return drafted(arena, { channel, name: 'a request hidden in a body', expected: BROKEN_HTTP, draft: both })
}

function smuggling(draft: Draft, ...headers: readonly (readonly [string, string])[]): Draft {
  return { ...draft, headers: [...draft.headers, ...headers] }
}

function chunks(draft: Draft, raw?: string): Draft {
  const text = raw ?? `${draft.body.length.toString(16)};ext=1\r\n${Buffer.from(draft.body)}\r\n0\r\n\r\n`
  return smuggling(withBody(draft, text), ['Transfer-Encoding', 'chunked'])
}

/** Half a minute for a request that is never finished: with `--slow` only. The hub must end it, and answer others meanwhile. */
export const endless: Family = {
  name: 'endless requests',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    const attacks = SHOPS.map((channel): Attack => {
      const { draft } = pipeDrafts(arena, channel)
      const payment = draft('payment', hubBody.payment(arena, { id: newId(), customer }))
      const unfinished = withHeader(payment, 'Content-Length', '60000')
      const body = Buffer.concat([Buffer.from(payment.body), Buffer.alloc(59_000, 0x20)])
      const bytes = writeDraft(arena.base, withBody(unfinished, body))
      const strike = async () => {
        const trickle = sendBytes(arena.base, bytes, ENDLESS)
        const meanwhile = draft('inquiry', hubBody.inquiry(arena, { id: newId(), customer }))
        const heard = lineOf(await sendDraft(arena.base, meanwhile), meanwhile.target)
        return `${heard} / ${lineOf(await ended(trickle), payment.target)}`
      }
      return { channel, name: 'a body that trickles for ever', expected: ['200 00 / cut', '200 00 / 408'], strike }
    })
    return { victims, attacks }
  },
}

const ENDLESS = { pieces: 900, pauseMillis: 100, limitMillis: 85_000 }

/** A hub that only stops when we do has not ended it. */
async function ended(trickle: ReturnType<typeof sendBytes>): ReturnType<typeof sendBytes> {
  const startedAt = performance.now()
  const reply = await trickle
  if (performance.now() - startedAt > 80_000) throw new Error('the request was still open after 80 seconds')
  return reply
}
