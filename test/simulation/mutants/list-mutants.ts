/** Faults in what becomes of a sponsor's list: numbers, segments, members of its bill. Each replaces a few words: mutant.ts. */
import { LISTING_FROM } from '../plan.ts'
import type { Mutant, Replacement } from './mutant.ts'

const ENROL = 'functions/enrol-cohort/enrol-segment.ts'
const BILL = 'functions/enrol-cohort/bill-segment.ts'
const STEP = 'functions/enrol-cohort/enrol-cohort.ts'

export const LIST_MUTANTS: readonly Mutant[] = [
  ofLists('number-drawn-anew', 'a repeated row gets another number', [
    [
      ENROL,
      'drawnKpj(open.program.id, row.participant, draw)',
      'drawnKpj(open.program.id, row.participant, draw + (ports.now() % 97))',
    ],
  ]),
  ofLists('last-of-list-unbilled', 'the last person of a list is not on its bill', [
    [
      BILL,
      'rows.filter(isBilled).slice(0, left)',
      'rows.filter(isBilled).slice(0, left).slice(0, -1)',
    ],
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
