/**
 * Places all lines of one payment id, and the payment itself where it is of the hub's day.
 *
 * Promise: each line, and the payment, stands in one row; what these rows add up to is the lines less the payment, or the
 * lines alone where the payment is another day's. The classes are classification-table.ts; the roles of lines over all files are line-history.ts.
 */
import type { BusinessDate } from '../instant.ts'
import type { Rupiah } from '../money.ts'
import {
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

/** `rows` of lines: all that stand for the subject in this file; `identities` of them, where these alone are not enough. */
export function placeLinesOf(
  context: PlacingContext,
  subject: Subject,
  rows: readonly number[],
  identities = lineIdentities(context.match.lines, rows),
): void {
  const { match, setting } = context
  const placed = lineRolesOf(
    [...rows.map((row) => fileLine(match, setting, row)), ...subject.others.map((line) => ({ ...line, row: null }))],
    isStanding(subject.relation),
    subject.hubDate,
    ({ amount }) => (amount === subject.hubAmount ? 0 : 1),
  )
  const mine = placed.filter((one) => one.of.row !== null)
  if (subject.relation === 'own') placeStanding(context, subject, placed)
  // Where nothing settles the payment, its first reversed line is a part of the payment's own difference.
  const isSettled = placed.some(({ role }) => role === 'settles')
  const joined = subject.relation === 'own' && !isSettled ? mine.find(({ role }) => role === 'stray') : undefined
  // The line that settles comes first, wherever it stands.
  let settledBefore = mine.some(({ role }) => role === 'settles')
  for (const one of mine) {
    const about = identities.get(one.of.row as number) as string
    placeLine(context, subject, one, { about, settledBefore, isJoined: one === joined })
    if (one.role === 'again') settledBefore = true
  }
}

type LineContext = { readonly about: string; readonly settledBefore: boolean; readonly isJoined: boolean }

function placeLine(context: PlacingContext, subject: Subject, placed: PlacedLine, place: LineContext): void {
  const { findings } = context
  const row = placed.of.row as number
  if (isAccepted(subject.relation) && placed.role !== 'again' && placed.role !== 'stray') {
    findings.match(row, subject.id, subject.how)
  }
  if (subject.relation === 'other' || subject.relation === 'other-reversed') {
    findings.elsewhere(row, subject.hubDate as BusinessDate)
  } else if (!isAccepted(subject.relation) && subject.relation !== 'without-fact' && subject.id !== '')
    findings.unknown(row)

  if (placed.role === 'cancelled') placeCancelled(context, subject, placed, place)
  else if (placed.role === 'takes-back') placeTakingBack(context, subject, placed, place)
  else if (placed.role === 'settles' && isStanding(subject.relation)) placeSettling(context, subject, placed.of)
  else placeClassified(context, subject, placed.of, placed.role, place)
}

/** The line for which there is a payment: of this day, or carried in from another. */
function placeSettling({ match, findings }: PlacingContext, subject: Subject, line: FileLine): void {
  const hubAmount = subject.hubAmount as Rupiah
  const of = {
    paymentId: subject.id,
    line: line.line,
    otherDate: subject.relation === 'other' ? subject.hubDate : null,
  }
  if (subject.relation === 'other') findings.item('carried-in', hubAmount, of)
  if (line.amount !== hubAmount) {
    findings.item('amount-difference', line.amount - hubAmount, of)
    findings.differ({
      class: 'amount-difference',
      about: subject.id,
      paymentId: subject.id,
      hubAmount,
      fileAmount: line.amount,
      effect: line.amount - hubAmount,
      lines: [line.line],
      evidence: { reason: 'amounts-differ', ...subject.evidence, fileAt: match.lines.at(line.row as number) },
    })
  }
  placeFee({ match, findings }, subject, line, null)
}

function placeClassified(
  { match, findings }: PlacingContext,
  subject: Subject,
  line: FileLine,
  role: JudgedRole,
  place: LineContext,
): void {
  const amount = line.status === 'reversed' ? -line.amount : line.amount
  const ruling = classificationOf(subject.relation, role, place.settledBefore)
  findings.item(ruling.label, amount, { paymentId: subject.id, line: line.line, otherDate: subject.hubDate })
  if (role === 'unsettles') placeFee({ match, findings }, subject, line, place.about)
  if (ruling.class === null || place.isJoined) return
  findings.differ({
    class: ruling.class,
    about: ruling.about === 'line' || subject.id === '' ? place.about : subject.id,
    paymentId: subject.id,
    hubAmount: isStanding(subject.relation) ? subject.hubAmount : null,
    fileAmount: amount as Rupiah,
    effect: amount,
    lines: [line.line],
    evidence: {
      reason: ruling.reason,
      ...subject.evidence,
      fileAt: match.lines.at(line.row as number),
      ...(subject.id === '' ? { lineIdentity: place.about } : {}),
    },
  })
}

/** A settled and a reversed line of one file: nothing is left of them but what they differ by. */
function placeCancelled(
  { findings, match }: PlacingContext,
  { id, evidence }: Subject,
  placed: PlacedLine,
  { about }: LineContext,
): void {
  const taken = placed.partner as FileLine
  if (placed.of.status !== 'reversed') return
  const rest = taken.amount - placed.of.amount
  if (rest !== 0) placeRest({ findings }, id, placed.of, taken, { about, evidence })
  const fee = match.lines.fee(taken.row as number)
  if (match.lines.fee(placed.of.row as number) !== fee) findings.fee(placed.of.row as number, id, fee, about)
}

/** A reversed line whose settled one is in another file: explained, but for what they differ by. */
function placeTakingBack(
  context: PlacingContext,
  subject: Subject,
  { of: line, partner }: PlacedLine,
  { about }: LineContext,
): void {
  const taken = partner as FileLine
  const of = { paymentId: subject.id, line: line.line, otherDate: taken.file }
  context.findings.item('reversed-earlier-line', -taken.amount, of)
  if (taken.amount !== line.amount) placeRest(context, subject.id, line, taken, { about, evidence: subject.evidence })
  placeFee(context, subject, line, about)
}

function placeRest(
  { findings }: Pick<PlacingContext, 'findings'>,
  paymentId: string,
  reversing: FileLine,
  taken: FileLine,
  { about, evidence }: { readonly about: string; readonly evidence: Subject['evidence'] },
): void {
  const rest = taken.amount - reversing.amount
  findings.item('amount-difference', rest, { paymentId, line: reversing.line })
  findings.differ({
    class: 'amount-difference',
    about,
    paymentId,
    hubAmount: taken.amount,
    fileAmount: reversing.amount,
    effect: rest,
    lines: [reversing.line],
    evidence: { reason: 'reversed-line-differs', ...evidence },
  })
}

function placeFee(
  { match, findings }: Pick<PlacingContext, 'match' | 'findings'>,
  { fee, id }: Subject,
  line: FileLine,
  about: string | null,
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
  const common = { about: id, paymentId: id, hubAmount: amount }
  const settling = placed.find(({ role }) => role === 'settles')
  if (settling) {
    if (settling.of.row !== null) return
    findings.item('settled-in-other-file', -amount, { paymentId: id, otherDate: settling.of.file })
    return
  }
  if (placed.length > 0) {
    const mine = placed.filter(({ of: line }) => line.row !== null)
    const stray = mine.find(({ role }) => role === 'stray')
    findings.item('settled-here-reversed-there', -amount, { paymentId: id })
    findings.differ({
      ...common,
      class: 'settled-here-reversed-there',
      fileAmount: stray ? (-stray.of.amount as Rupiah) : null,
      effect: -amount - (stray?.of.amount ?? 0),
      lines: mine.map(({ of: { line } }) => line),
      evidence: { reason: 'reversed-in-file', ...evidence },
    })
    return
  }
  const end = breakOf(setting.date, match.hub.decidedAt(subject.hubRow as number), setting.rules)
  if (end && setting.now < end.at) {
    findings.item('pending', -amount, { paymentId: id, breakDate: end.on })
    return
  }
  findings.item('missing-in-file', -amount, { paymentId: id, breakDate: end?.on ?? null })
  findings.differ({
    ...common,
    class: 'missing-in-file',
    fileAmount: null,
    effect: -amount,
    lines: [],
    ...(end ? { breakDate: end.on } : {}),
    evidence: { reason: 'not-in-any-file', ...evidence },
  })
}

function fileLine({ lines }: DayMatch, setting: DaySetting, row: number): FileLine {
  const status = lines.isReversed(row) ? 'reversed' : 'settled'
  return { file: setting.date, line: lines.lineNumber(row), status, amount: lines.amount(row), row }
}
