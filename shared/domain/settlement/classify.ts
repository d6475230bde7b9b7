/**
 * Gives every payment of a hub day and every line of its file one place, from the join by id and what was looked up of the
 * rest. Most pairs agree and are only counted; everything else is judged by id: place-lines.ts.
 *
 * Promises: the rows add up from the hub's total to the file's for any input; the order in which payments and lines came
 * changes nothing; nothing ambiguous is matched. Pure: `now` is in the setting.
 */
import { inForce } from '../effective-dated.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { type Candidates, candidatesOf } from './candidates.ts'
import type { PaymentRelation } from './classification-table.ts'
import type {
  AcceptedFile,
  BridgeLabel,
  DayResult,
  DaySetting,
  DifferenceReason,
  LookupResults,
  MatchedLine,
  MatchMethod,
} from './day.ts'
import { type CollectedFindings, findingsOf } from './findings.ts'
import { identitiesOf, lineIdentities } from './identity.ts'
import type { DayMatch } from './join.ts'
import { linkCases } from './links.ts'
import { type Notes, notesOf } from './notes.ts'
import { type PlacingContext, placeLinesOf, type Subject } from './place-lines.ts'
import { placeQuarantined } from './quarantine.ts'
import type { Fitting } from './seekers.ts'
import { openEnds } from './unmatched.ts'

/** `file` null: none was accepted; every payment is then left as it is, and only the hub's side has rows. */
export function classify(
  match: DayMatch,
  knowledge: LookupResults,
  file: AcceptedFile | null,
  setting: DaySetting,
): DayResult {
  const findings = findingsOf(match.lines, setting, knowledge.decided)
  const plain = new Uint8Array(match.hub.count)
  const notes = notesOf(match.hub, match.lines, setting)
  if (file) {
    const judging: PlacingContext & { readonly knowledge: LookupResults } = { match, setting, findings, knowledge }
    const open = openEnds(match, setting)
    const candidates = candidatesOf(match, open, knowledge, setting)
    placePayments(judging, candidates, plain, notes)
    placeForeign(judging, candidates)
    placeAmbiguous(judging, candidates)
    placeQuarantined(findings, file, match.lines.total().amount)
  }
  const gathered = findings.gathered()
  const differences = linkCases(gathered.differences, match, knowledge, setting)
  return { ...resultOf(match, { ...gathered, differences }, plain), notes: notes.gathered() }
}

type ClassificationContext = PlacingContext & { readonly knowledge: LookupResults }

/** Payments of the day with the lines that are theirs; pairs that agree are only marked. */
function placePayments(judging: ClassificationContext, candidates: Candidates, plain: Uint8Array, notes: Notes): void {
  const { match, setting, findings } = judging
  const { hub, lines } = match
  const { pulled } = candidates
  const fee = feeOn(setting, setting.date)
  const isFirstFee = lines.count > 0 && lines.fee(0) === fee
  const given = new Map([...candidates.found].map(([line, { payment, how }]) => [payment, { line, how }]))
  for (let row = 0; row < hub.count; row++) {
    if (match.isPlain(row) && !(pulled.size > 0 && pulled.has(match.onlyLineOf(row)))) {
      plain[row] = 1
      if (match.isNoted(row)) notes.look(row, match.onlyLineOf(row))
      if (isFirstFee && match.hasFirstFee(row)) continue
      const only = match.onlyLineOf(row)
      if (lines.fee(only) !== fee) findings.fee(only, hub.ids.at(row), fee, null)
      continue
    }
    const own = match.linesOf(row).filter((line) => !pulled.has(line))
    const other = given.get(row)
    const rows = other ? [other.line] : own
    if (rows.length === 0 && (hub.isReversed(row) || candidates.byPayment.has(row))) continue
    placeLinesOf(judging, ownSubject(judging, row, other?.how ?? 'id', fee), rows)
  }
}

function ownSubject(
  { match, knowledge, setting }: ClassificationContext,
  row: number,
  how: MatchMethod,
  fee: Rupiah,
): Subject {
  const { paymentId, account, amount, decidedAt, outlet, state } = match.hub.entry(row)
  const others = match.repeated.has(row) ? [] : (knowledge.otherLines.get(paymentId) ?? [])
  return {
    id: paymentId,
    relation: state === 'accepted' ? 'own' : 'own-reversed',
    hubRow: row,
    hubDate: setting.date,
    hubAmount: amount,
    fee,
    how,
    others,
    evidence: { account, decidedAt, ...(outlet === '' ? {} : { outlet }), ...saying(how, others) },
  }
}

/** Lines of which the day has no payment: by id together, lines without one each for itself. */
function placeForeign(judging: ClassificationContext, candidates: Candidates): void {
  const { match } = judging
  const left = match.orphans.filter((row) => !candidates.found.has(row) && !candidates.ambiguous.has(row))
  const tied = tiedToOtherDays(judging, left)
  const idOf = (row: number) => tied.get(row) ?? match.lines.ids.at(row)
  for (const [id, rows] of Map.groupBy(left, idOf)) {
    if (id === '') placeNameless(judging, rows)
    else
      placeLinesOf(judging, foreignSubject(judging, id, rows.some((row) => tied.has(row)) ? 'resolution' : 'id'), rows)
  }
}

/** Lines that people have said to be a payment of another day, by row, with its id. */
function tiedToOtherDays(
  { match, knowledge, setting }: ClassificationContext,
  rows: readonly number[],
): ReadonlyMap<number, string> {
  const tied = new Map<number, string>()
  if (knowledge.matches.size === 0) return tied
  const identities = identitiesOf(match.lines, match.orphans)
  for (const row of rows) {
    const paymentId = knowledge.matches.get(identities.get(row) as string)
    const decision = paymentId === undefined ? undefined : knowledge.decisions.get(paymentId)
    if (decision?.kind !== 'accepted' || decision.businessDate === setting.date) continue
    if (decision.amount === match.lines.amount(row)) tied.set(row, paymentId as string)
  }
  return tied
}

/** Lines without an id share nothing with each other but that; two that say the same are two. */
function placeNameless(judging: ClassificationContext, rows: readonly number[]): void {
  const { lines, orphans } = judging.match
  let known: ReadonlyMap<number, string> | undefined
  const identities = () => {
    known ??= lineIdentities(
      lines,
      orphans.filter((row) => lines.ids.size(row) === 0),
    )
    return known
  }
  for (const row of rows.toSorted((a, b) => lines.lineNumber(a) - lines.lineNumber(b))) {
    placeLinesOf(judging, foreignSubject(judging, ''), [row], identities)
  }
}

function foreignSubject({ knowledge, setting }: ClassificationContext, id: string, how: MatchMethod = 'id'): Subject {
  const decision = knowledge.decisions.get(id) ?? { kind: 'unknown' }
  const others = knowledge.otherLines.get(id) ?? []
  const common = { id, hubRow: null, how, others }
  if (decision.kind !== 'accepted') {
    const refusal = decision.kind === 'refused' ? { refusal: decision.code } : {}
    const evidence = { decision: decision.kind, ...refusal, ...saying('id', others) }
    return { ...common, relation: decision.kind, hubDate: null, hubAmount: null, fee: null, evidence }
  }
  const isHere = decision.businessDate === setting.date
  const relation: PaymentRelation = isHere ? 'without-fact' : decision.reversed ? 'other-reversed' : 'other'
  return {
    ...common,
    relation,
    hubDate: decision.businessDate,
    hubAmount: decision.amount,
    fee: feeOn(setting, decision.businessDate),
    evidence: {
      decision: decision.kind,
      account: decision.account,
      hubDate: decision.businessDate,
      ...saying(how, others),
    },
  }
}

/** What a person must tell apart: lines that may be several payments, and payments that may be in the file. */
function placeAmbiguous(judging: ClassificationContext, candidates: Candidates): void {
  const { match, findings } = judging
  const { hub, lines } = match
  const { ambiguous, byPayment } = candidates
  let known: ReadonlyMap<number, string> | undefined
  const identities = () => {
    known ??= identitiesOf(lines, identityRows(match, ambiguous))
    return known
  }
  for (const [row, { count, shown }] of ambiguous) {
    const paymentId = lines.ids.at(row)
    const line = lines.lineNumber(row)
    const signed = rupiah(lines.isReversed(row) ? -lines.amount(row) : lines.amount(row))
    const item = findings.item('ambiguous', signed, { paymentId, line })
    const reason = ambiguityOf(judging, candidates, row)
    const found = { class: 'ambiguous', reason, hubAmount: null, fileAmount: signed, effect: signed, item } as const
    findings.differ(found, () => {
      const lineIdentity = identities().get(row) as string
      const { at, outlet } = lines.line(row)
      return {
        about: `line ${lineIdentity}`,
        paymentId,
        lines: [line],
        evidence: {
          fileAt: at,
          ...(outlet === '' ? {} : { outlet }),
          candidates: shown.map((payment) => hub.ids.at(payment)).sort(),
          ...(count > shown.length ? { candidateCount: count } : {}),
          lineIdentity,
        },
      }
    })
  }
  for (const [row, { count, shown }] of byPayment) {
    const hasLine = match.linesOf(row).some((line) => !ambiguous.has(line))
    if (hub.isReversed(row) || hasLine) continue
    const [paymentId, amount] = [hub.ids.at(row), hub.amount(row)]
    const item = findings.item('ambiguous', -amount, { paymentId })
    const found = { class: 'ambiguous', reason: 'may-be-in-file', hubAmount: amount, fileAmount: null } as const
    findings.differ({ ...found, effect: -amount, item }, () => ({
      about: `payment ${paymentId}`,
      paymentId,
      lines: [],
      evidence: {
        account: hub.accounts.at(row),
        decidedAt: hub.decidedAt(row),
        candidateLines: shown.map((line) => lines.lineNumber(line)).sort((a, b) => a - b),
        ...(count > shown.length ? { candidateCount: count } : {}),
      },
    }))
  }
}

function ambiguityOf(
  { match }: ClassificationContext,
  { ambiguous, byPayment, pulled }: Candidates,
  row: number,
): DifferenceReason {
  const { count, shown } = ambiguous.get(row) as Fitting
  if (count > 1) return 'several-candidates'
  if (pulled.has(row)) return 'customer-differs'
  if ((byPayment.get(shown[0] as number)?.count ?? 0) > 1) return 'candidate-wanted-twice'
  return match.lines.isReversed(row) ? 'reversed-without-id' : 'near-midnight'
}

/** Identities count equal lines, so all lines of an id that has an ambiguous one must be there. */
function identityRows({ lines, orphans, linesOf, find }: DayMatch, ambiguous: Candidates['ambiguous']) {
  const pulled = new Set<number>()
  for (const row of ambiguous.keys()) {
    const payment = lines.ids.size(row) === 0 ? -1 : find(row)
    if (payment !== -1) pulled.add(payment)
  }
  return ambiguous.size === 0 ? [] : [...orphans, ...[...pulled].flatMap((payment) => linesOf(payment))]
}

/** Lines of other files that a case names; all of them are judged. */
const OTHER_LINES_NAMED = 20

function saying(how: MatchMethod, others: Subject['others']): Pick<Subject['evidence'], 'how' | 'otherLines'> {
  return {
    ...(how === 'id' ? {} : { how }),
    ...(others.length > 0 ? { otherLines: others.slice(0, OTHER_LINES_NAMED) } : {}),
  }
}

function feeOn({ channelFee, channel }: DaySetting, date: DaySetting['date']): Rupiah {
  return inForce(`fee of ${channel}`, channelFee, date)
}

function resultOf(match: DayMatch, gathered: CollectedFindings, plain: Uint8Array): Omit<DayResult, 'notes'> {
  const { hub, lines } = match
  const sums = new Map<BridgeLabel, { readonly amount: Rupiah; readonly count: number }>(gathered.sums)
  const all = { amount: 0, count: 0 }
  const reversed = { amount: 0, count: 0 }
  let pairs = 0
  for (let row = 0; row < hub.count; row++) {
    all.amount += hub.amount(row)
    all.count++
    pairs += plain[row] as number
    if (!hub.isReversed(row)) continue
    reversed.amount -= hub.amount(row)
    reversed.count++
  }
  sums.set('hub-payments', { amount: rupiah(all.amount), count: all.count })
  sums.set('hub-reversed', { amount: rupiah(reversed.amount), count: reversed.count })
  return {
    sums,
    differences: gathered.differences,
    pending: gathered.items.filter(({ label }) => label === 'pending'),
    items: gathered.items,
    listed: gathered.listed,
    elsewhere: gathered.elsewhere.map(({ row, hubDate, paymentId }) => ({
      hubDate,
      line: { ...lines.line(row), paymentId },
    })),
    unknown: gathered.unknown.map((row) => lines.line(row)),
    matched: () => matchedLines(match, plain, gathered.matches),
    counts: { payments: hub.count, lines: lines.count, matched: pairs + gathered.matches.length },
  }
}

function* matchedLines(
  match: DayMatch,
  plain: Uint8Array,
  matches: CollectedFindings['matches'],
): Generator<MatchedLine> {
  const { hub, lines } = match
  const matchedLine = (row: number, paymentId: string, how: MatchMethod): MatchedLine => {
    const { line, amount, fee, at, status } = lines.line(row)
    return { paymentId, line, amount, fee, at, status, how }
  }
  for (let row = 0; row < hub.count; row++) {
    if (plain[row] === 1) yield matchedLine(match.onlyLineOf(row), hub.ids.at(row), 'id')
  }
  for (const { row, paymentId, how } of matches) yield matchedLine(row, paymentId, how)
}
