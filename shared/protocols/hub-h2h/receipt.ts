/**
 * The lines that a till prints for an accepted payment, in Indonesian, at most 40 characters each.
 *
 * Promises the same lines on every repeat: they depend on the decision alone, and a change of words is a new renderer
 * (the old ones stay here; golden tests pin them). Refuses to know the clock and the till.
 */
import type { Accepted, PricedMonth } from '../../channel-port/channel.ts'
import { formatWib } from '../../domain/instant.ts'
import { addRupiah, formatRupiah } from '../../domain/money.ts'
import { addMonths, type Month } from '../../domain/month.ts'

export const LINE_LIMIT = 40

type Renderer = (accepted: Accepted) => readonly string[]
const RENDERERS: ReadonlyMap<number, Renderer> = new Map([[1, renderer1]])

/** Throws a RangeError for a renderer that is not here: an answer must not change its words silently. */
export function receiptOf(accepted: Accepted): readonly string[] {
  const render = RENDERERS.get(accepted.renderer)
  if (render === undefined) {
    throw new RangeError(
      `expected a receipt renderer among ${[...RENDERERS.keys()].join(', ')}, got ${accepted.renderer}`,
    )
  }
  return render(accepted).flatMap(wrapped)
}

function renderer1(accepted: Accepted): readonly string[] {
  return [
    'BPJS KETENAGAKERJAAN',
    'Bukti pembayaran iuran BPU',
    `Ref: ${accepted.hubReference}`,
    `Waktu: ${formatWib(accepted.decidedAt).slice(0, 19).replace('T', ' ')} WIB`,
    ...(accepted.customerName === '' ? [] : [`Nama: ${printableText(accepted.customerName)}`]),
    ...(accepted.kpj === null ? [] : [`No. KPJ: ${accepted.kpj}`]),
    ...(accepted.billCode === null ? [] : [`Kode iuran: ${accepted.billCode}`]),
    ...runsOf(accepted.months).map((run) => `Bulan: ${run}`),
    `Iuran: ${formatRupiah(accepted.amount)}`,
    ...(accepted.creditDrawn === 0 ? [] : [`Dari saldo: ${formatRupiah(accepted.creditDrawn)}`]),
    `Biaya admin: ${formatRupiah(accepted.adminFee)}`,
    `Total: ${formatRupiah(addRupiah(accepted.amount, accepted.adminFee))}`,
    ...(accepted.paidThrough === null ? [] : [`Lunas sampai: ${printedMonth(accepted.paidThrough)}`]),
  ]
}

/** `11/2026` or `11/2026 - 01/2027`: consecutive months are one line. */
function runsOf(months: readonly PricedMonth[]): readonly string[] {
  const runs: { readonly first: Month; last: Month }[] = []
  for (const { month } of months) {
    const run = runs.at(-1)
    if (run !== undefined && addMonths(run.last, 1) === month) run.last = month
    else runs.push({ first: month, last: month })
  }
  return runs.map(({ first, last }) =>
    first === last ? printedMonth(first) : `${printedMonth(first)} - ${printedMonth(last)}`,
  )
}

function printedMonth(month: Month): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`
}

function printableText(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ')
}

/** Cuts a long line into several, by characters, so that no till has to. */
function wrapped(line: string): readonly string[] {
  const characters = [...line]
  const lines: string[] = []
  for (let at = 0; at < characters.length; at += LINE_LIMIT) lines.push(characters.slice(at, at + LINE_LIMIT).join(''))
  return lines
}
