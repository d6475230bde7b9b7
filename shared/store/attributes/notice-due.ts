/** A notice that is due as one text, `2026-11#grace`: the sort key of a notice, and the mark in a membership's view. */
import { parseMonth } from '../../domain/month.ts'
import { NOTICE_STAGES, type NoticeDue } from '../../domain/notice-stage.ts'
import { oneOf } from './item.ts'

const MONTH_DIGITS = 7
const parseStage = oneOf(NOTICE_STAGES)

export function packNoticeDue({ month, stage }: NoticeDue): string {
  return `${month}#${stage}`
}

/** Undefined for a text that `packNoticeDue` does not write. */
export function unpackNoticeDue(text: string): NoticeDue | undefined {
  const month = parseMonth(text.slice(0, MONTH_DIGITS))
  const stage = parseStage(text.slice(MONTH_DIGITS + 1))
  return month && stage && text[MONTH_DIGITS] === '#' ? { month, stage } : undefined
}
