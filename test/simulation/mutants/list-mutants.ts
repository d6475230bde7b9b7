/** Faults in what becomes of a sponsor's list: numbers, segments, members of its bill. Each replaces a few words: mutant.ts. */
import { LISTING_FROM } from '../plan.ts'
import type { Mutant, Replacement } from './mutant.ts'

const ENROL = 'functions/enrol-cohort/enrol-segment.ts'
const BILL = 'functions/enrol-cohort/bill-segment.ts'
const STEP = 'functions/enrol-cohort/enrol-cohort.ts'

const LATE = ['test/functions/enrol-cohort/late-steps.test.ts']
const PAID = ['test/functions/enrol-cohort/paid-lists.test.ts']

/** What only a step that goes on late, or a list after the money, can show. */
const SUITE: readonly Mutant[] = [
  ofSuite('late-judge-over-enrolled', 'a judge step that goes on late puts its rows over the enrolled ones', LATE, [
    [
      'functions/enrol-cohort/judge-segment.ts',
      'await ports.sponsors.putRows(cohort.id, chunk, rows, null)',
      'await ports.sponsors.putRows(cohort.id, chunk, rows, (await ports.sponsors.markedRows(cohort.id, chunk))?.mark ?? null)',
    ],
  ]),
  ofSuite('late-enrol-over-left', 'an enrol step that goes on late puts its rows over those of who left', LATE, [
    [
      ENROL,
      'putRows(cohort.id, chunk, enrolled, mark)',
      'putRows(cohort.id, chunk, enrolled, (await ports.sponsors.markedRows(cohort.id, chunk))?.mark ?? mark)',
    ],
  ]),
  ofSuite('late-terms-again', 'an enrol step that goes on late gives its list’s terms to who is on a later one', LATE, [
    [ENROL, 'terms.some(({ cohort }) => cohort === open.cohort.id)', 'latestTerms(facts)?.cohort === open.cohort.id'],
  ]),
  ofSuite('late-contact-again', 'an enrol step that goes on late puts the list’s contact over a newer one', LATE, [
    [ENROL, 'if (isDone && contact) return', ''],
  ]),
  ofSuite(
    'reversal-unseen',
    'a program stays paid where the reversal was not seen by whoever found it paid',
    ['test/shared/domain/sponsors/program-steps.test.ts'],
    [['shared/domain/sponsors/program-steps.ts', 'isSince || bills.reopened > 0', 'isSince']],
  ),
  ofSuite('paid-member-billed-again', 'whoever is on a paid bill is on the bill of the corrected list too', PAID, [
    [BILL, 'membersOfBills(bills, paid)', 'membersOfBills(bills, paid.slice(1))'],
  ]),
  ofSuite('paid-money-forgotten', 'a list that is billed again forgets what its paid bills took of the budget', PAID, [
    ['functions/serve-console/sponsors/bill-cohort.ts', 'bills: [...kept, ...committing]', 'bills: committing'],
  ]),
]

export const LIST_MUTANTS: readonly Mutant[] = [
  ...SUITE,
  ofLists('number-drawn-anew', 'a repeated row gets another number', [
    [
      ENROL,
      'drawnKpj(open.program.id, row.participant, draw)',
      'drawnKpj(open.program.id, row.participant, draw + (ports.now() % 97))',
    ],
  ]),
  ofLists('last-of-list-unbilled', 'the last person of a list is not on its bill', [
    [BILL, 'rows.filter(isBilled).slice(0, left)', 'rows.filter(isBilled).slice(0, left).slice(0, -1)'],
  ]),
  ofLists('program-never-billed', 'a program does not say that its list was billed', [
    [BILL, "takeStep(program, 'bill', {", "takeStep({ ...program, state: 'draft' }, 'bill', {"],
  ]),
  ofLists('refused-row-enrolled', 'a row that was refused is enrolled as well', [
    [
      'functions/enrol-cohort/read-received-list.ts',
      "if (isRepeated(line, judgement.person)) return { line, refusal: 'DUPLICATE_IN_LIST', cells: cells() }",
      '',
    ],
    [
      ENROL,
      'drawnKpj(open.program.id, row.participant, draw)',
      'drawnKpj(open.program.id, row.participant, draw + row.line)',
    ],
  ]),
  ofLists('list-work-dropped', 'a step of a list ends the work on it', [
    [STEP, '...(work && { work })', "...(work && work.task !== 'enrol' && { work })"],
  ]),
]

function ofLists(name: string, fault: string, replace: readonly Replacement[]): Mutant {
  return { name, fault, replace, isOfLists: true, from: LISTING_FROM }
}

function ofSuite(name: string, fault: string, suite: readonly string[], replace: readonly Replacement[]): Mutant {
  return { name, fault, replace, suite }
}
