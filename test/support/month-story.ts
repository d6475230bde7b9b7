/**
 * A month of five channels and the bank as a list of events, with each kind of difference that settlement knows planted in it:
 * who paid, what came when, as bytes, and what people decide. Lines: month-rows.ts; the bank: month-bank.ts.
 */
import { createMessage, encrypt, generateKey, readKey, readPrivateKey } from 'openpgp'
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { at } from './facts.ts'
import { bankStatements, type Sent } from './month-bank.ts'
import { CHANNELS, type Channel, DAYS, fileOf, idAt, kpjAt, LATE_TIMES, on } from './month-rows.ts'

export const MONTH = '2026-11'

type Dropped = { readonly at: string; readonly bytes: Buffer }
export type Came =
  | (Dropped & { readonly kind: 'file'; readonly channel: Channel; readonly date: string })
  | (Dropped & { readonly kind: 'sealed'; readonly channel: Channel; readonly name: string })
  | (Sent & { readonly kind: 'statement' })

export type Paid = {
  readonly channel: Channel
  readonly id: string
  readonly at: string
  readonly kpj: string
  readonly reversed: boolean
}

/** What people do about a difference of a day: by its class, the first that is open. */
export type Decided = {
  readonly at: string
  readonly channel: Channel
  readonly date: string
  readonly class: string
  readonly action: string
  readonly more?: { readonly paymentId?: string; readonly amountRupiah?: number }
}

export type Story = {
  readonly paid: readonly Paid[]
  readonly came: readonly Came[]
  readonly decided: readonly Decided[]
  /** By bank day; the balance after it in whole rupiah. */
  readonly closing: ReadonlyMap<string, number>
  /** What sealed files are opened with. */
  readonly keys: string
}

export async function tellMonth(): Promise<Story> {
  const paid = DAYS.flatMap((date, i) =>
    CHANNELS.flatMap((channel): readonly Paid[] => {
      const day = i + 1
      // Its line in the file of the 5th comes first: the member pays this month there.
      if (channel === 'bni' && day === 30) return []
      const time = LATE_TIMES[`${channel} ${day}`] ?? '10:00'
      const reversed = channel === 'alfamart' && day === 9
      return [{ channel, id: idAt(channel, day), at: `${date}T${time}`, kpj: kpjAt(channel, day), reversed }]
    }),
  )
  const { keys, seal } = await sealing()
  const files = DAYS.flatMap((date, i) => CHANNELS.flatMap((channel) => filesOf(channel, i + 1, date)))
  const sealed: Came = {
    kind: 'sealed',
    at: `${on(18)}T06:30`,
    channel: 'pos',
    name: `pos/POS_${on(17).replaceAll('-', '')}.csv.pgp`,
    bytes: await seal(fileOf('pos', 17)),
  }
  const { sent, closing } = bankStatements()
  const statements = sent.map((one) => ({ kind: 'statement', ...one }) as const)
  const came: Came[] = [...files, sealed, ...statements].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { paid, came, closing, keys, decided: DECIDED }
}

function filesOf(channel: Channel, day: number, date: BusinessDate): readonly Came[] {
  const next = addDays(date, 1)
  const bytes = fileOf(channel, day)
  const file = { kind: 'file', at: `${next}T06:30`, channel, date, bytes } as const
  switch (`${channel} ${day}`) {
    // Never in this month.
    case 'bni 27':
      return []
    // Encrypted and signed.
    case 'pos 17':
      return []
    // In Latin-1 first, and in UTF-16.
    case 'pos 12':
      return [{ ...file, at: `${next}T06:20`, bytes: Buffer.concat([bytes, Buffer.from([0xe9])]) }, file]
    case 'alfamart 13':
      return [{ ...file, at: `${next}T06:20`, bytes: Buffer.from(`\uFEFF${bytes}`, 'utf16le') }, file]
    // Before its day has ended; another day's under its name.
    case 'indomaret 12':
      return [{ ...file, at: `${date}T20:00` }, file]
    case 'brilink 16':
      return [{ ...file, at: `${next}T06:20`, bytes: fileOf('brilink', 15) }, file]
    default:
      return [file]
  }
}

/** Keys of ours and of Pos, and how Pos seals a file with them. */
async function sealing() {
  const date = new Date(at(`${on(1)}T00:00`))
  const pair = (name: string) => generateKey({ userIDs: [{ name }], format: 'armored', date })
  const [ours, theirs] = await Promise.all([pair('hub'), pair('pos')])
  const seal = async (content: Uint8Array) => {
    const sealed = await encrypt({
      message: await createMessage({ binary: content }),
      encryptionKeys: await readKey({ armoredKey: ours.publicKey }),
      signingKeys: await readPrivateKey({ armoredKey: theirs.privateKey }),
      format: 'binary',
      date: new Date(at(`${on(18)}T01:00`)),
    })
    return Buffer.from(sealed as Uint8Array)
  }
  return { keys: JSON.stringify({ own: [ours.privateKey], signers: { pos: [theirs.publicKey] } }), seal }
}

const decided = (day: number, channel: Channel, of: number, what: string, action: string, more: Decided['more'] = {}) =>
  ({ at: `${on(day)}T11:00`, channel, date: on(of), class: what, action, more }) satisfies Decided

const DECIDED: readonly Decided[] = [
  decided(7, 'indomaret', 3, 'missing-in-file', 'write-off'),
  decided(7, 'alfamart', 4, 'missing-in-hub', 'post'),
  decided(7, 'bni', 5, 'missing-in-hub', 'post'),
  decided(7, 'indomaret', 5, 'ambiguous', 'match', { paymentId: idAt('indomaret', 5) }),
  decided(8, 'bni', 6, 'amount-difference', 'write-off'),
  decided(9, 'indomaret', 6, 'missing-in-hub', 'post'),
  decided(9, 'indomaret', 7, 'missing-in-hub', 'post'),
  decided(10, 'pos', 7, 'fee-difference', 'charge-channel'),
  decided(10, 'indomaret', 8, 'duplicate-in-file', 'charge-channel'),
  decided(12, 'alfamart', 10, 'fee-difference', 'charge-channel'),
  decided(13, 'indomaret', 10, 'missing-in-hub', 'match', { paymentId: idAt('indomaret', 9) }),
  decided(13, 'alfamart', 11, 'amount-difference', 'charge-channel', { amountRupiah: 300 }),
  decided(14, 'alfamart', 11, 'amount-difference', 'write-off'),
]
