/**
 * Places all lines of one payment id, and the payment itself where it is of the hub's day.
 *
 * Promise: each line, and the payment, stands in one row; what these rows add up to is the lines less the payment, or the
 * lines alone where the payment is another day's. The classes are classification-table.ts; the roles of lines over all files are line-history.ts.
 */
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import {
  type Classification,
  classificationOf,
  isAccepted,
  isStanding,
  type JudgedRole,
  type PaymentRelation,
} from './classification-table.ts'
import type { DaySetting, Evidence, MatchMethod, OtherLine } from './day.ts'
import type { Findings } from './findings.ts'
import { lineIdentities } from './identity.ts'
import type { DayMatch } from './join.ts'
import { type FileLine, lineRolesOf, type PlacedLine } from './line-history.ts'
import { breakOf } from './rules.ts'

/** What all judgements of a day share. */
export type PlacingContext = { readonly match: DayMatch; readonly setting: DaySetting; readonly findings: Findings }

/** A payment id and what the hub knows of it. */
export type Subject = {
  /** '' where the line has none: then there is one line. */
  readonly id: string
  readonly relation: PaymentRelation
  /** Row of the hub, for a payment of this day. */
  readonly hubRow: number | null
  /** The day of an accepted payment. */
  readonly hubDate: BusinessDate | null
  readonly hubAmount: Rupiah | null
  /** The channel's fee that such a line should have; null where nobody can say. */
  readonly fee: Rupiah | null
  readonly how: MatchMethod
  readonly others: readonly OtherLine[]
  readonly evidence: Omit<Evidence, 'reason'>
}

/** `rows` of lines: all that stand for the subject in this file; `identities` of them, where these alone would not tell. */
export function placeLinesOf(
  judging: PlacingContext,
  subject: Subject,
  rows: readonly number[],
  given?: () => ReadonlyMap<number, string>,
): void {
  const { match, setting } = judging
  const identities = once(given ?? (() => lineIdentities(match.lines, rows)))
  const placed = lineRolesOf(
    [...rows.map((row) => fileLine(match, setting, row)), ...subject.others.map((line) => ({ ...line, row: null }))],
    isStanding(subject.relation),
    subject.hubDate,
    ({ amount }) => (amount === subject.hubAmount ? 0 : 1),
  )
  const mine = placed.filter((one) => one.line.row !== null)
  if (subject.relation === 'own') placeStanding(judging, subject, placed)
  // Where nothing settles the payment, its first reversed line is a part of the payment's own difference.
  const isSettled = placed.some(({ role }) => role === 'settles')
  const joined = subject.relation === 'own' && !isSettled ? mine.find(({ role }) => role === 'stray') : undefined
  // The line that settles comes first, wherever it stands.
  let settledBefore = mine.some(({ role }) => role === 'settles')
  for (const one of mine) {
    const about = () => identities().get(one.line.row as number) as string
    placeLine(judging, subject, one, { about, settledBefore, isJoined: one === joined })
    if (one.role === 'again') settledBefore = true
  }
}

type Place = { readonly about: () => string; readonly settledBefore: boolean; readonly isJoined: boolean }

function placeLine(judging: PlacingContext, subject: Subject, placed: PlacedLine, place: Place): void {
  const { findings } = judging
  const row = placed.line.row as number
  if (isAccepted(subject.relation) && placed.role !== 'again' && placed.role !== 'stray') {
    findings.match(row, subject.id, subject.how)
  }
  if (subject.relation === 'other' || subject.relation === 'other-reversed') {
    findings.elsewhere(row, subject.hubDate as BusinessDate, subject.id)
  } else if (!isAccepted(subject.relation) && subject.relation !== 'without-fact' && subject.id !== '')
    findings.unknown(row)

  if (placed.role === 'cancelled') placeCancelled(judging, subject, placed, place)
  else if (placed.role === 'takes-back') placeTaker(judging, subject, placed, place)
  else if (placed.role === 'settles' && isStanding(subject.relation)) placeSettling(judging, subject, placed.line)
  else placeJudged(judging, subject, placed.line, placed.role, place)
}

/** The line for which there is a payment: of this day, or carried in from another. */
function placeSettling({ match, findings }: PlacingContext, subject: Subject, line: FileLine): void {
  const hubAmount = subject.hubAmount as Rupiah
  const details = {
    paymentId: subject.id,
    line: line.line,
    otherDate: subject.relation === 'other' ? subject.hubDate : null,
  }
  if (subject.relation === 'other') findings.item('carried-in', hubAmount, details)
  if (line.amount !== hubAmount) {
    const effect = line.amount - hubAmount
    const item = findings.item('amount-difference', effect, details)
    const found = { class: 'amount-difference', reason: 'amounts-differ', hubAmount, effect, item } as const
    findings.differ({ ...found, fileAmount: line.amount }, () => ({
      about: subject.id,
      paymentId: subject.id,
      lines: [line.line],
      evidence: { ...subject.evidence, fileAt: match.lines.at(line.row as number) },
    }))
  }
  placeFee({ match, findings }, subject, line, null)
}

function placeJudged(
  { match, findings }: PlacingContext,
  subject: Subject,
  line: FileLine,
  role: JudgedRole,
  place: Place,
): void {
  const amount = line.status === 'reversed' ? -line.amount : line.amount
  const ruling = classificationOf(subject.relation, role, place.settledBefore)
  const item = findings.item(ruling.label, amount, {
    paymentId: subject.id,
    line: line.line,
    otherDate: subject.hubDate,
  })
  if (role === 'unsettles') placeFee({ match, findings }, subject, line, place.about)
  if (ruling.class === null || place.isJoined) return
  const found = {
    class: ruling.class,
    reason: ruling.reason,
    hubAmount: isStanding(subject.relation) ? subject.hubAmount : null,
    fileAmount: rupiah(amount),
    effect: amount,
    item,
  }
  findings.differ(found, () => ({
    about: ruling.about === 'line' || subject.id === '' ? place.about() : subject.id,
    paymentId: subject.id,
    lines: [line.line],
    evidence: {
      ...subject.evidence,
      fileAt: match.lines.at(line.row as number),
      // What a person ties the line to a payment by, of this day or of another.
      ...(subject.id === '' || isTieable(ruling, amount) ? { lineIdentity: place.about() } : {}),
    },
  }))
}

/** Money of a payment that the hub does not know under this id. */
function isTieable({ class: differenceClass, reason }: Classification, amount: number): boolean {
  return differenceClass === 'missing-in-hub' && reason === 'decision-unknown' && amount > 0
}

/** A settled and a reversed line of one file: nothing is left of them but what they differ by. */
function placeCancelled(
  { findings, match }: PlacingContext,
  { id, evidence }: Subject,
  placed: PlacedLine,
  { about }: Place,
): void {
  const taken = placed.partner as FileLine
  if (placed.line.status !== 'reversed') return
  const rest = taken.amount - placed.line.amount
  if (rest !== 0) placeRest({ findings }, id, placed.line, taken, { about, evidence })
  const fee = match.lines.fee(taken.row as number)
  if (match.lines.fee(placed.line.row as number) !== fee) findings.fee(placed.line.row as number, id, fee, about)
}

/** A reversed line whose settled one is in another file: explained, but for what they differ by. */
function placeTaker(judging: PlacingContext, subject: Subject, { line, partner }: PlacedLine, { about }: Place): void {
  const taken = partner as FileLine
  const details = { paymentId: subject.id, line: line.line, otherDate: taken.file }
  judging.findings.item('reversed-earlier-line', -taken.amount, details)
  if (taken.amount !== line.amount) placeRest(judging, subject.id, line, taken, { about, evidence: subject.evidence })
  placeFee(judging, subject, line, about)
}

function placeRest(
  { findings }: Pick<PlacingContext, 'findings'>,
  paymentId: string,
  taker: FileLine,
  taken: FileLine,
  { about, evidence }: { readonly about: () => string; readonly evidence: Subject['evidence'] },
): void {
  const rest = taken.amount - taker.amount
  const item = findings.item('amount-difference', rest, { paymentId, line: taker.line })
  const [hubAmount, fileAmount] = [taken.amount, taker.amount]
  findings.differ(
    { class: 'amount-difference', reason: 'reversed-line-differs', hubAmount, fileAmount, effect: rest, item },
    () => ({ about: about(), paymentId, lines: [taker.line], evidence }),
  )
}

function placeFee(
  { match, findings }: Pick<PlacingContext, 'match' | 'findings'>,
  { fee, id }: Subject,
  line: FileLine,
  about: (() => string) | null,
): void {
  const row = line.row as number
  if (fee !== null && match.lines.fee(row) !== fee) findings.fee(row, id, fee, about)
}

/** The payment itself, which the hub has and did not reverse. */
function placeStanding(
  { findings, setting, match }: PlacingContext,
  subject: Subject,
  placed: readonly PlacedLine[],
): void {
  const { id, evidence } = subject
  const amount = subject.hubAmount as Rupiah
  const settling = placed.find(({ role }) => role === 'settles')
  if (settling) {
    if (settling.line.row !== null) return
    findings.item('settled-in-other-file', -amount, { paymentId: id, otherDate: settling.line.file })
    return
  }
  if (placed.length > 0) {
    const mine = placed.filter(({ line }) => line.row !== null)
    const stray = mine.find(({ role }) => role === 'stray')
    const item = findings.item('settled-here-reversed-there', -amount, { paymentId: id })
    const found = {
      class: 'settled-here-reversed-there',
      reason: 'reversed-in-file',
      hubAmount: amount,
      fileAmount: stray ? (-stray.line.amount as Rupiah) : null,
      effect: -amount - (stray?.line.amount ?? 0),
      item,
    } as const
    findings.differ(found, () => ({
      about: id,
      paymentId: id,
      lines: mine.map(({ line: { line } }) => line),
      evidence,
    }))
    return
  }
  const end = breakOf(setting.date, match.hub.decidedAt(subject.hubRow as number), setting.rules)
  if (end && setting.now < end.at) {
    findings.item('pending', -amount, { paymentId: id, breakDate: end.on })
    return
  }
  const item = findings.item('missing-in-file', -amount, { paymentId: id, breakDate: end?.on ?? null })
  const found = { class: 'missing-in-file', reason: 'not-in-any-file', hubAmount: amount, fileAmount: null } as const
  findings.differ({ ...found, effect: -amount, item }, () => ({
    about: id,
    paymentId: id,
    lines: [],
    ...(end ? { breakDate: end.on } : {}),
    evidence,
  }))
}

/** Worked out when it is first asked for, if ever. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined
  return () => {
    done ??= { value: work() }
    return done.value
  }
}

function fileLine({ lines }: DayMatch, setting: DaySetting, row: number): FileLine {
  const status = lines.isReversed(row) ? 'reversed' : 'settled'
  return { file: setting.date, line: lines.lineNumber(row), status, amount: lines.amount(row), row }
}
