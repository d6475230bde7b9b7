/** What lies in the files bucket, small: a row of a list, a segment, and the lines of a settled day. */

import type { CohortRow } from '../../../../shared/domain/sponsors/cohort.ts'
import type { SegmentRow } from '../../../../shared/store/files/list-segments.ts'
import { packLines } from '../../../../shared/store/files/settled-lines.ts'
import { DAY, lineOf, payment, settle } from '../../../support/settlement-world.ts'

export const ROW: CohortRow = {
  line: 2,
  participant: null,
  kpj: null,
  regionCode: null,
  sector: null,
  income: null,
  state: 'refused',
  refusal: 'BAD_NIK',
  flagged: true,
}

export const NIK_SEGMENT: SegmentRow = { line: 2, refusal: 'BAD_NIK', cells: ['x'] }

/** A matched payment, one that no file has, and a line of nobody. */
export function packedDay() {
  const [one, missing] = [payment('TRX-00000001'), payment('TRX-00000002', { account: '12345678902' })]
  const lines = [lineOf(one, 2), lineOf(payment('X 1', { account: '12345678903' }), 3)]
  return packLines(settle({ payments: [one, missing], files: { [DAY]: lines } }).result)
}
